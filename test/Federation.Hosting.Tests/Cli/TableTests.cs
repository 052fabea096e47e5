using Federation.Hosting.Cli;

namespace Federation.Hosting.Tests.Cli;

public sealed class TableTests
{
    private static readonly string[] SectorColumns =
        ["ID", "State", "OnChain", "Active", "Expiration", "SealTime", "Events", "Deals", "Pledge"];

    public static TheoryData<string> RecordedColumnTables =>
    [
        .. Recorded("sectors-list.txt"), .. Recorded("sectors-list-fast.txt"), .. Recorded("sectors-list-events.txt"),
        .. Recorded("sectors-list-seal-time.txt"), .. Recorded("sectors-list-initial.txt"),
        .. Recorded("sectors-list-states.txt"),
        "",
    ];

    [Fact]
    public void TabTable_Rows_AlignWithTheLastColumnUnpadded()
    {
        var table = new TabTable("ID", "Sector", "Worker", "Hostname", "Task", "State", "Time")
            .Add("a03be197", "3", "b8a857ae", "lan-worker-1", "C2", "running", "43.4s")
            .Add("3be7bb7d", "2", "b8a857ae", "lan-worker-1", "C2", "running", "1m43.4s");

        Assert.Equal(
            "ID        Sector  Worker    Hostname      Task  State    Time\n"
            + "a03be197  3       b8a857ae  lan-worker-1  C2    running  43.4s\n"
            + "3be7bb7d  2       b8a857ae  lan-worker-1  C2    running  1m43.4s\n",
            table.ToString());
    }

    [Fact]
    public void TabTable_NoRows_PrintsItsHeader() =>
        Assert.Equal("ID  State  T\n", new TabTable("ID", "State", "T").ToString());

    [Fact]
    public void ColumnTable_Rows_HideEmptyColumnsAndPadTheLast()
    {
        var table = new ColumnTable(
                new("ID"), new("State"), new("Deals"), new("Pledge"), new("Error", OwnLine: true))
            .Add(("ID", "0"), ("State", "Proving"), ("Deals", "CC"))
            .Add(
                ("ID", "12"),
                ("State", "SealPreCommit1Failed"),
                ("Deals", "CC"),
                ("Pledge", null),
                ("Error", "ticket\nexpired"));

        Assert.Equal(
            "ID  State                 Deals  \n"
            + "0   Proving               CC     \n"
            + "12  SealPreCommit1Failed  CC     \n"
            + "  Error: ticket expired\n",
            table.ToString());
    }

    [Fact]
    public void ColumnTable_NoRows_IsAnEmptyLine() =>
        Assert.Equal("\n", new ColumnTable(new TableColumn("ID")).ToString());

    [Fact]
    public void ColumnTable_UnknownColumn_IsADefect() =>
        Assert.Throws<ArgumentException>(() => new ColumnTable(new TableColumn("ID")).Add(("Id", "1")));

    [Fact]
    public void TabTable_CellFromOutside_CannotSteerTheTerminal() =>
        Assert.Equal("A        B\n 1 [31m  é\n", new TabTable("A", "B").Add("\n1\u001b[31m", "é").ToString());

    [Theory]
    [MemberData(nameof(RecordedColumnTables))]
    public void ColumnTable_CellsOfARecordedTable_PrintItAgain(string path)
    {
        if (path.Length == 0)
        {
            // Where no recordings are at hand the theory still needs a row; the tests above hold the format then.
            return;
        }

        var lines = File.ReadAllLines(path)[1..^1];
        var starts = SectorColumns.Select(c => (Name: c, At: lines[0].IndexOf(c, StringComparison.Ordinal)))
            .Where(c => c.At >= 0).ToArray();
        var table = new ColumnTable([.. SectorColumns.Select(c => new TableColumn(c))]);
        foreach (var line in lines[1..])
        {
            table.Add(starts.Select((c, i) =>
            {
                var cell = line[c.At..(i + 1 < starts.Length ? starts[i + 1].At : line.Length)].TrimEnd();
                return (c.Name, (string?)(cell.Length == 0 ? null : cell));
            }));
        }

        Assert.Equal(string.Join('\n', lines) + "\n", table.ToString());
    }

    private static IEnumerable<string> Recorded(string name) =>
        new[] { "sealing", "proving" }.Select(f => TestPaths.SharedLotus($"cli/{f}/{name}")).OfType<string>();
}
