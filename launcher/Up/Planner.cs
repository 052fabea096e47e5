using System.Globalization;
using Federation.Hosting;
using Federation.Hosting.Net;
using Federation.Launcher.Layout;

namespace Federation.Launcher.Up;

/// <summary>Makes a new federation's plan, or resumes a folder's.</summary>
internal static class Planner
{
    private const StoreKind DefaultStore = StoreKind.Embedded;
    private const ProofKind DefaultProofs = ProofKind.Groth16;
    private const string DefaultSectorSize = "2KiB";
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private const int DefaultRegions = 2, DefaultWorkers = 2;

    /// <summary>The plan to run by. Ports that somebody else has taken since are chosen anew.</summary>
    /// <exception cref="OperatorException">The folder holds a federation of another kind than asked for.</exception>
    public static FederationPlan Plan(UpOptions options, FederationPlan? existing, FreePorts ports)
    {
        if (existing is null)
        {
            return Create(options, ports);
        }

        RefuseChange(options, "--store", options.Store?.OptionText(), existing.Store.OptionText());
        RefuseChange(options, "--proofs", options.Proofs?.OptionText(), existing.Proofs.OptionText());
        RefuseChange(options, "--sector-size", options.SectorSize, existing.SectorSize);
        RefuseChange(
            options, "--regions", options.Regions?.ToString(Invariant), existing.Regions.Count.ToString(Invariant));
        RefuseChange(
            options, "--workers", options.Workers?.ToString(Invariant), existing.WorkersPerRegion.ToString(Invariant));
        ports.Reserve(
            [existing.StorePort, existing.StorePeerPort, existing.ApiPort],
            [existing.MinerPort, .. existing.Regions.Select(region => region.AgentPort)]);
        return existing with
        {
            StorePort = ports.OneOr(existing.StorePort),
            StorePeerPort = ports.OneOr(existing.StorePeerPort),
            ApiPort = ports.OneOr(existing.ApiPort),
            MinerPort = ports.ServeOr(existing.MinerPort),
            Regions = [.. existing.Regions.Select(
                region => region with { AgentPort = ports.ServeOr(region.AgentPort) })],
        };
    }

    private static FederationPlan Create(UpOptions options, FreePorts ports) => new()
    {
        Store = options.Store ?? DefaultStore,
        SectorSize = options.SectorSize ?? DefaultSectorSize,
        Proofs = options.Proofs ?? DefaultProofs,
        WorkersPerRegion = options.Workers ?? DefaultWorkers,
        StorePort = ports.One(),
        StorePeerPort = ports.One(),
        ApiPort = ports.One(),
        MinerPort = ports.Serve(),
        Regions =
        [
            .. Enumerable.Range(1, options.Regions ?? DefaultRegions)
                .Select(number => new RegionPlan($"region-{number}", ports.Serve())),
        ],
    };

    private static void RefuseChange(UpOptions options, string option, string? asked, string existing)
    {
        if (asked is not null && asked != existing)
        {
            throw new OperatorException(
                $"{options.Folder} holds a federation with {option} {existing}, which cannot become {asked}",
                $"leave {option} out, or name another --dir");
        }
    }
}
