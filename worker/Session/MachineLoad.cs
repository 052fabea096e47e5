using System.Globalization;
using Federation.Proto.Gates;

namespace Federation.Worker.Session;

/// <summary>Memory and swap of this machine, from /proc/meminfo.</summary>
public static class MachineLoad
{
    private const string Source = "/proc/meminfo";
    private const ulong KiB = 1024;

    /// <summary>The load now; zeros where the machine does not tell.</summary>
    /// <param name="limit">Memory that the worker may use; null = all.</param>
    public static WorkerLoad Read(ulong? limit) => File.Exists(Source) ? Parse(File.ReadLines(Source), limit)
        : new WorkerLoad();

    internal static WorkerLoad Parse(IEnumerable<string> lines, ulong? limit)
    {
        var values = lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length >= 2)
            .ToDictionary(parts => parts[0].TrimEnd(':'), parts =>
                ulong.Parse(parts[1], CultureInfo.InvariantCulture) * KiB, StringComparer.Ordinal);
        var total = values.GetValueOrDefault("MemTotal");
        return new WorkerLoad
        {
            MemoryTotal = Math.Min(total, limit ?? total),
            MemoryUsed = total - Math.Min(total, values.GetValueOrDefault("MemAvailable")),
            SwapTotal = values.GetValueOrDefault("SwapTotal"),
            SwapUsed = values.GetValueOrDefault("SwapTotal") - Math.Min(
                values.GetValueOrDefault("SwapTotal"), values.GetValueOrDefault("SwapFree")),
        };
    }
}
