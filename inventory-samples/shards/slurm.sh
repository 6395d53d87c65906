#!/bin/sh
# A part of the fleet for each task of a job array. Then, where all have ended:
#   sbatch --wait slurm.sh; earshot merge parts/*.zip
#SBATCH --job-name=earshot
#SBATCH --array=1-4
#SBATCH --output=earshot-%a.log
set -eu

mkdir -p parts
status=0
earshot collect -i hosts.yml --shard auto --save "parts/$SLURM_ARRAY_TASK_ID.zip" || status=$?
# 3: some host was not reached, which the report will tell.
[ "$status" -eq 3 ] || exit "$status"
