using System.Globalization;

namespace Federation.Discovery;

/// <summary>The store's keys of one miner, under <c>/federation/&lt;miner&gt;/</c>. Immutable.</summary>
public sealed class FederationKeys
{
    /// <summary>Keys of a miner, named by its address, e.g. t01000.</summary>
    /// <exception cref="ArgumentException">The address is not t0 or f0 followed by digits.</exception>
    public FederationKeys(string miner)
    {
        if (!IsMinerAddress(miner))
        {
            throw new ArgumentException($"'{miner}' is not a miner's id address such as t01000.", nameof(miner));
        }

        Root = $"{CommonRoot}{miner}/";
    }

    /// <summary>Every miner's keys begin with this.</summary>
    public const string CommonRoot = "/federation/";

    /// <summary>Prefix of everything of this miner.</summary>
    public string Root { get; }

    /// <summary>The acting miner.</summary>
    public string Leader => Root + "leader";

    /// <summary>Prefix of the agents' records.</summary>
    public string Agents => Root + "agents/";

    /// <summary>Prefix of jobs waiting to be claimed.</summary>
    public string Queue => Root + "queue/";

    /// <summary>Prefix of claimed jobs, all regions.</summary>
    public string Jobs => Root + "jobs/";

    /// <summary>Prefix of phase reports, all regions.</summary>
    public string Reports => Root + "reports/";

    /// <summary>Prefix of claims.</summary>
    public string Claims => Root + "claims/";

    /// <summary>Prefix of the miner's sector records.</summary>
    public string Sectors => Root + "sectors/";

    /// <summary>Prefix of the sectors' logs.</summary>
    public string Logs => Root + "logs/";

    /// <summary>Prefix of what operators set.</summary>
    public string Control => Root + "control/";

    /// <summary>True for t0… and f0… id addresses.</summary>
    public static bool IsMinerAddress(string miner) =>
        miner.Length is > 2 and <= 22 && (miner[0] is 't' or 'f') && miner[1] == '0'
        && miner.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>True for names that may become part of a key: letters, digits, '-', '_' and '.', at most 64.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name[0] != '.'
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>The last term of any acting miner; unlike the leader's record it outlives its lease.</summary>
    public string LeaderTerm => Control + "leader-term";

    /// <summary>Reads region and sector out of a claimed job's key.</summary>
    public bool TryParseJob(string key, out string region, out ulong sector)
    {
        (region, sector) = ("", 0);
        if (!key.StartsWith(Jobs, StringComparison.Ordinal)
            || key[Jobs.Length..].Split('/') is not [var name, var number]
            || !IsName(name) || !ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out sector))
        {
            return false;
        }

        region = name;
        return true;
    }

    /// <summary>Record of an agent.</summary>
    public string Agent(string name) => Agents + Name(name);

    /// <summary>A waiting job.</summary>
    public string QueueOf(ulong sector) => Queue + Number(sector);

    /// <summary>Prefix of a region's claimed jobs.</summary>
    public string JobsIn(string region) => Jobs + Name(region) + "/";

    /// <summary>A claimed job.</summary>
    public string Job(string region, ulong sector) => JobsIn(region) + Number(sector);

    /// <summary>Prefix of a region's reports.</summary>
    public string ReportsIn(string region) => Reports + Name(region) + "/";

    /// <summary>A job's report.</summary>
    public string Report(string region, ulong sector) => ReportsIn(region) + Number(sector);

    /// <summary>A claim.</summary>
    public string Claim(ulong sector) => Claims + Number(sector);

    /// <summary>A sector's record.</summary>
    public string Sector(ulong sector) => Sectors + Number(sector);

    /// <summary>Prefix of a sector's log.</summary>
    public string LogsOf(ulong sector) => Logs + Number(sector) + "/";

    /// <summary>One entry of a sector's log, counted from 0.</summary>
    public string Log(ulong sector, uint entry) =>
        LogsOf(sector) + entry.ToString("D8", CultureInfo.InvariantCulture);

    private static string Number(ulong sector) => sector.ToString(CultureInfo.InvariantCulture);

    private static string Name(string name) =>
        IsName(name) ? name : throw new ArgumentException($"'{name}' cannot be part of a key.", nameof(name));
}
