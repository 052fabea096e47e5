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

    /// <summary>The table of <c>sealing jobs</c>.</summary>
    public static string Jobs(IEnumerable<(string Worker, WorkerJob Job)> jobs, DateTimeOffset now)
    {
        var table = new TabTable("ID", "Sector", "Worker", "Hostname", "Task", "State", "Time");
        foreach (var (worker, job) in jobs)
        {
            table.Add(
                Short(job.ID.ID), job.Sector.Number.ToString(CultureInfo.InvariantCulture), Short(worker), job.Hostname,
                TaskNames.Short(job.Task), State(job.RunWait), Time(now - job.Start));
        }

        return table.ToString();
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
