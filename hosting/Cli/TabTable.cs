using System.Text;

namespace Federation.Hosting.Cli;

/// <summary>
/// A table as Go's tabwriter prints it in Lotus's commands: cells at least two wide, two spaces between, the last
/// column unpadded.
/// </summary>
public sealed class TabTable
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Creates a table with its header line.</summary>
    public TabTable(params IReadOnlyList<string> header) => _rows.Add(header);

    /// <summary>Adds a row of as many cells as the header has.</summary>
    public TabTable Add(params IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Count, _rows[0].Count, nameof(cells));
        _rows.Add([.. cells.Select(CellText.OneLine)]);
        return this;
    }

    /// <summary>Prints the table, each line ended by a line feed.</summary>
    public override string ToString()
    {
        var columns = _rows[0].Count;
        var widths = Enumerable.Range(0, columns).Select(c => _rows.Max(r => CellText.Width(r[c]))).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            for (var c = 0; c < columns - 1; c++)
            {
                text.Append(CellText.Pad(row[c], widths[c]));
            }

            text.Append(row[^1]).Append('\n');
        }

        return text.ToString();
    }
}
