#use names
#use state
#use look
# Removes the folders of jobs that are over and older than asked; those of this run stay.
#+ job
job_of
is_number "$p_age" || fail protocol "age $p_age"
prune_jobs "$p_age"
say pruned "$pruned"
end 0
