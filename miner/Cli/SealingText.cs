using System.Globalization;
using System.Text;
using Federation.Hosting.Cli;
using Federation.Hosting.Units;
using Federation.Miner.Api;

namespace Federation.Miner.Cli;

/// <summary>Jobs and workers as Lotus prints them.</summary>
internal static class SealingText
{
    private const int ShortIdDigits = 8;
    private static readonly long TimeUnit = TimeSpan.FromMilliseconds(100).Ticks;

    /// <summary>
    /// The table of <c>sealing jobs</c>: Lotus's columns, and as the last, where anything is known of it, how far each
    /// is or why nobody can run it.
    /// </summary>
    public static string Jobs(IReadOnlyList<(string Worker, WorkerJob Job)> jobs, DateTimeOffset now)
    {
        string[] columns = ["ID", "Sector", "Worker", "Hostname", "Task", "State", "Time"];
        var hasProgress = jobs.Any(static entry => entry.Job.Progress is not null || entry.Job.Wait is not null);
        var table = new TabTable([.. columns, .. hasProgress ? ["Progress"] : Array.Empty<string>()]);
        foreach (var (worker, job) in jobs)
        {
            string[] cells =
            [
                Short(job.ID.ID), job.Sector.Number.ToString(CultureInfo.InvariantCulture), Short(worker), job.Hostname,
                TaskNames.Short(job.Task), State(job.RunWait), Time(now - job.Start),
            ];
            var progress = job.Wait is { } wait ? $"waits: {wait}" : Progress(job.Progress);
            table.Add([.. cells, .. hasProgress ? [progress] : Array.Empty<string>()]);
        }

        return table.ToString();
    }

    /// <summary>Such as <c>42.3% layer 5/11, 12%/h, 4h48m0s left</c>.</summary>
    private static string Progress(JobProgress? progress)
    {
        if (progress is null)
        {
            return "";
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{progress.Percent:0.0}% {progress.Stage}");
        return progress.RemainingSeconds is { } left
            ? $"{text}, {Rate(progress.PercentPerSecond)}, "
                + $"{GoDuration.Format(TimeSpan.FromSeconds(Math.Ceiling(left)))} left"
            : text;
    }

    private static string Rate(double perSecond)
    {
        var (rate, unit) = perSecond >= 1 ? (perSecond, "s")
            : perSecond * 60 >= 1 ? (perSecond * 60, "min")
            : (perSecond * 3600, "h");
        return string.Create(CultureInfo.InvariantCulture, $"{rate:0.#}%/{unit}");
    }

    /// <summary>The blocks of <c>sealing workers</c>.</summary>
    public static string Workers(IReadOnlyDictionary<string, WorkerStats> workers)
    {
        var text = new StringBuilder();
        foreach (var (id, worker) in workers.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"Worker {id}, host {worker.Info.Hostname}{(worker.Enabled ? "" : " (disabled)")}\n");
            if (worker.TaskCounts.Count > 0)
            {
                var tasks = worker.TaskCounts.OrderBy(static task => task.Key, StringComparer.Ordinal);
                text.Append("\tTASK: ").AppendJoin(' ', tasks.Select(task => Task(task, worker))).Append(" \n");
            }

            if (worker.Lanes > 0)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"\tLANES: PC1 of up to {worker.Lanes} sectors in lockstep\n");
            }

            var resources = worker.Info.Resources;
            text.Append(CultureInfo.InvariantCulture,
                $"\tCPU:  {Bar.Draw(worker.CpuUse, resources.CPUs)} {worker.CpuUse}/{resources.CPUs} core(s) in use\n");
            Memory(text, "RAM: ", resources.MemUsed, resources.MemPhysical);
            Memory(text, "VMEM:", resources.MemUsed + resources.MemSwapUsed, resources.MemPhysical + resources.MemSwap);
        }

        return text.ToString();
    }

    private static string Task(KeyValuePair<string, int> running, WorkerStats worker)
    {
        var most = worker.Slots.TryGetValue(running.Key, out var slots) ? $"/{slots}" : "";
        return $"{TaskNames.Short(running.Key)}({running.Value}{most})";
    }

    private static void Memory(StringBuilder text, string name, ulong used, ulong total)
    {
        var percent = total == 0 ? 0 : used * 100 / total;
        text.Append(CultureInfo.InvariantCulture,
            $"\t{name} {Bar.Draw(used, total)} {percent}% {Size(used)}/{Size(total)}\n");
    }

    private static ByteSize Size(ulong bytes) => new((long)Math.Min(bytes, long.MaxValue));

    private static string Short(string id) => id.Length >= ShortIdDigits ? id[..ShortIdDigits]
        : id.PadLeft(ShortIdDigits, '0');

    private static string Time(TimeSpan span) =>
        GoDuration.Format(TimeSpan.FromTicks(Math.Max(0, span.Ticks) / TimeUnit * TimeUnit));

    private static string State(int runWait) => runWait switch
    {
        >= 2 => $"assigned({runWait - 1})",
        1 => "prepared",
        0 => "running",
        -1 => "ret-wait",
        -2 => "returned",
        _ => "ret-done",
    };
}
