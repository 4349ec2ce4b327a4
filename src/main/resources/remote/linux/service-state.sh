#use units
# What systemd says of a unit. Looks only.
unit_of "$p_service"
need_systemd
look_at_unit
say_unit
end 0
