using System.Globalization;

namespace Federation.Hosting.Net;

/// <summary>Who listens on a port, as Linux tells it (proc(5): net/tcp, net/tcp6 and each process's fd).</summary>
internal static class PortHolder
{
    private const int LocalAddress = 1, State = 3, Inode = 9;
    private const string Listening = "0A";

    /// <summary>
    /// The first process found that listens on the port, such as "4711 (miner)"; null when none is found, or it is
    /// another user's.
    /// </summary>
    public static string? Find(int port)
    {
        var sockets = Lines("/proc/net/tcp").Concat(Lines("/proc/net/tcp6"))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > Inode && columns[State] == Listening && PortOf(columns) == port)
            .Select(static columns => $"socket:[{columns[Inode]}]")
            .ToHashSet();
        return sockets.Count == 0 ? null : Processes().FirstOrDefault(process => Holds(process, sockets)) is { } found
            ? $"{Path.GetFileName(found)} ({string.Concat(Lines(Path.Combine(found, "comm")))})"
            : null;
    }

    private static int? PortOf(string[] columns)
    {
        var address = columns[LocalAddress];
        return int.TryParse(
            address.AsSpan(address.IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture,
            out var port)
            ? port
            : null;
    }

    private static IEnumerable<string> Processes() =>
        Directory.EnumerateDirectories("/proc").Where(static path => char.IsAsciiDigit(Path.GetFileName(path)[0]));

    private static bool Holds(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(path => new FileInfo(path).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return false;
        }
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
