// A figure confines the whole process to its processors: tests that measure cannot run beside one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
