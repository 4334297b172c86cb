/* SPDX-License-Identifier: MIT */
/* once OUT COMMAND [ARGUMENT]...: runs COMMAND once with its standard output in the file OUT and prints
   "wall cpu peak status": seconds from start to end, seconds of user and system time, KiB of peak memory.
   A small program of its own, because Linux counts the memory of the starting process, too, as the child's peak. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

int main(int argc, char** argv) {
  struct timespec start, end;
  struct rusage use;
  int status;
  if (argc < 3) return 2;
  int out = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (out < 0) return perror(argv[1]), 2;
  clock_gettime(CLOCK_MONOTONIC, &start);
  pid_t child = fork();
  if (child < 0) return perror("fork"), 2;
  if (child == 0) {
    dup2(out, 1);
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  if (wait4(child, &status, 0, &use) < 0) return perror("wait4"), 2;
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%.9f %.6f %ld %d\n", (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9,
         seconds(use.ru_utime) + seconds(use.ru_stime), use.ru_maxrss,
         WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
