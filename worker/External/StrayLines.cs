using System.Text;

namespace Federation.Worker.External;

/// <summary>
/// What a program writes between its answers: some of it is logged, the last is remembered. Lines are taken by one
/// thread, and asked for by any.
/// </summary>
internal sealed class StrayLines(Action<string> log, Action atLimit)
{
    private const int MostLogged = 20, MostShown = 200;

    private int _count;
    private string _last = "";

    /// <summary>The last one as the end of a sentence; empty when there was none.</summary>
    public string Last => Volatile.Read(ref _last);

    /// <summary>A line as logs and sentences show it: printable, and cut when long.</summary>
    public static string Shown(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 4 * MostShown)]);
        var printable = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return printable.Length <= MostShown ? printable : printable[..(MostShown - 1)] + "…";
    }

    /// <summary>Takes a line.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        var shown = Shown(line);
        Volatile.Write(ref _last, $"; it wrote \"{shown}\", which answers nothing");
        _count++;
        if (_count <= MostLogged)
        {
            log(shown);
        }
        else if (_count == MostLogged + 1)
        {
            atLimit();
        }
    }
}
