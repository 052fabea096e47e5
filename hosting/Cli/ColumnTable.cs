using System.Text;

namespace Federation.Hosting.Cli;

/// <summary>
/// A table as Lotus's own table writer prints it: columns without a cell are left out, every column is padded, the
/// last one too, and some cells stand on a line of their own below their row.
/// </summary>
public sealed class ColumnTable
{
    private readonly IReadOnlyList<TableColumn> _columns;
    private readonly List<Dictionary<string, string>> _rows = [];

    /// <summary>Creates a table without rows.</summary>
    public ColumnTable(params IReadOnlyList<TableColumn> columns) => _columns = columns;

    /// <summary>Adds a row; cells that are null are empty.</summary>
    /// <exception cref="ArgumentException">A cell names no column.</exception>
    public ColumnTable Add(params IEnumerable<(string Column, string? Cell)> cells)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, cell) in cells)
        {
            if (_columns.All(c => c.Name != column))
            {
                throw new ArgumentException($"the table has no column \"{column}\"", nameof(cells));
            }

            if (cell is not null)
            {
                row[column] = CellText.OneLine(cell);
            }
        }

        _rows.Add(row);
        return this;
    }

    /// <summary>Prints the table, each line ended by a line feed.</summary>
    public override string ToString()
    {
        var shown = _columns.Where(c => !c.OwnLine && _rows.Any(r => r.ContainsKey(c.Name)))
            .Select(c => (c.Name, Width: _rows.Select(r => Cell(r, c.Name)).Append(c.Name).Max(CellText.Width)))
            .ToArray();
        var text = new StringBuilder();
        text.AppendJoin("", shown.Select(c => CellText.Pad(c.Name, c.Width))).Append('\n');
        foreach (var row in _rows)
        {
            text.AppendJoin("", shown.Select(c => CellText.Pad(Cell(row, c.Name), c.Width))).Append('\n');
            foreach (var column in _columns.Where(c => c.OwnLine && Cell(row, c.Name).Length > 0))
            {
                text.Append("  ").Append(column.Name).Append(": ").Append(Cell(row, column.Name)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Cell(Dictionary<string, string> row, string column) => row.GetValueOrDefault(column, "");
}
