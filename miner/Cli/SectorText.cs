using System.Globalization;
using System.Text;
using Federation.Hosting.Cli;
using Federation.Hosting.Units;
using Federation.Miner.Api;

namespace Federation.Miner.Cli;

/// <summary>Sectors as Lotus prints them.</summary>
internal static class SectorText
{
    private const string NoCid = "<nil>";

    /// <summary>The table of <c>sectors list</c>.</summary>
    public static string List(SectorListing listing, SectorColumns columns)
    {
        var table = new ColumnTable(
            new TableColumn("ID"), new TableColumn("State"), new TableColumn("OnChain"), new TableColumn("Active"),
            new TableColumn("Expiration"), new TableColumn("SealTime"), new TableColumn("Events"),
            new TableColumn("Deals"),
            new TableColumn("Error", OwnLine: true), new TableColumn("Waits", OwnLine: true));
        var epoch = TimeSpan.FromSeconds(listing.EpochSeconds);
        foreach (var sector in listing.Sectors)
        {
            table.Add(
                ("ID", Text(sector.Number)),
                ("State", sector.State),
                ("OnChain", YesNo(sector.OnChain)),
                ("Active", YesNo(sector.Active)),
                ("Expiration", columns.Fast ? null : sector.Expiration is { } end
                    ? EpochText.Format(listing.Epoch, end, epoch) : "n/a"),
                ("SealTime", columns.SealTime && sector.SealSeconds is { } seconds
                    ? GoDuration.Format(TimeSpan.FromSeconds(Math.Floor(seconds))) : null),
                ("Events", columns.Events ? Text(sector.Events) : null),
                ("Deals", "CC"),
                ("Error", sector.LastErr.Length > 0 ? Error(sector) : null),
                ("Waits", sector.Wait.Length > 0 ? sector.Wait : null));
        }

        return table.ToString();
    }

    /// <summary>The lines of <c>sectors status</c>.</summary>
    public static string Status(SectorStatus status, SectorListing? chain, bool log)
    {
        var text = new StringBuilder();
        Line("SectorID:\t", Text(status.SectorID));
        Line("Status:\t\t", status.State);
        Line("CIDcommD:\t", status.CommD?.Cid ?? NoCid);
        Line("CIDcommR:\t", status.CommR?.Cid ?? NoCid);
        Line("Ticket:\t\t", Convert.ToHexStringLower(status.Ticket.Value ?? []));
        Line("TicketH:\t", Text(status.Ticket.Epoch));
        Line("Seed:\t\t", Convert.ToHexStringLower(status.Seed.Value ?? []));
        Line("SeedH:\t\t", Text(status.Seed.Epoch));
        Line("Precommit:\t", status.PreCommitMsg?.Cid ?? NoCid);
        Line("Commit:\t\t", status.CommitMsg?.Cid ?? NoCid);
        Line("Deals:\t\t", $"[{string.Join(' ', status.Deals)}]");
        Line("Retries:\t", Text(status.Retries));
        if (status.LastErr.Length > 0)
        {
            Line("Last Error:\t\t",
                status.LastErr + (status.NeedsOperator
                    ? " (an operator is needed: 'sectors retry', 'update-state' or 'remove')" : ""));
        }

        if (status.Wait.Length > 0)
        {
            Line("Waits:\t\t", status.Wait);
        }

        text.Append("\nExpiration Info\n");
        Line("OnTime:\t\t", Text(status.OnTime));
        Line("Early:\t\t", Text(status.Early));
        if (chain is not null)
        {
            OnChain(text, status, chain);
        }

        if (log)
        {
            Log(text, status.Log);
        }

        return text.ToString();

        void Line(string name, string value) => text.Append(name).Append(value).Append('\n');
    }

    private static void OnChain(StringBuilder text, SectorStatus status, SectorListing chain)
    {
        if (status.Activation == 0)
        {
            text.Append("Sector status not found on chain\n");
            return;
        }

        var epoch = TimeSpan.FromSeconds(chain.EpochSeconds);
        text.Append("\nSector On Chain Info\n")
            .Append("SealProof:\t\t").Append(Text(status.SealProof))
            .Append("\nActivation:\t\t").Append(EpochText.Format(chain.Epoch, status.Activation, epoch))
            .Append("\nExpiration:\t\t").Append(EpochText.Format(chain.Epoch, status.Expiration, epoch))
            .Append("\nDealWeight:\t\t").Append(status.DealWeight)
            .Append("\nVerifiedDealWeight:\t\t").Append(status.VerifiedDealWeight)
            .Append("\nInitialPledge:\t\t").Append(status.InitialPledge).Append('\n');
    }

    private static void Log(StringBuilder text, IReadOnlyList<SectorLogEntry> log)
    {
        text.Append("--------\nEvent Log:\n");
        for (var index = 0; index < log.Count; index++)
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(log[index].Timestamp)
                .ToString("yyyy-MM-dd HH:mm:ss +0000 'UTC'", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture,
                $"{index}.\t{time}:\t[{log[index].Kind}]\t{log[index].Message}\n");
        }
    }

    private static string Error(SectorSummary sector) =>
        sector.NeedsOperator ? sector.LastErr + " (an operator is needed)" : sector.LastErr;

    private static string YesNo(bool value) => value ? "YES" : "NO";

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
