using System.Text.RegularExpressions;
using Federation.Discovery;
using Federation.Integration.Tests.Support;

namespace Federation.Integration.Tests;

/// <summary>A worker that has phases run in programs, here our own other side of the lines.</summary>
[Collection(nameof(Federations))]
public sealed partial class ExternalProverTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(4);

    private static readonly string Config = string.Concat(new[] { "PC1", "PC2", "C1" }.Select(phase => $"""
        [External.{phase}]
          Program = "{TestPrograms.Worker}"
          Args = ["processor", "{phase.ToLowerInvariant()}", "--memory", "64MiB", "--threads", "1"]
          Timeout = "2m"

        """));

    [Fact]
    public async Task Phases_InPrograms_SealToProving()
    {
        await using var federation = await TestFederation.StartAsync(
            new() { Regions = 1, WorkersPerRegion = 1, WorkerConfig = Config });
        await using var history = new ReportHistory(federation.Store, new FederationKeys("t01000"));
        var sectors = await federation.PledgeAsync(2);
        await federation.AllProveAsync(sectors, Bound);

        var log = federation.Regions[0].Workers[0].ReadShared();
        var worked = Served().Matches(log).Select(match => match.Groups[1].Value).Order();
        Assert.Equal(["C1", "C1", "PC1", "PC1", "PC2", "PC2"], worked);
        history.AssertNothingStartedAfterItsAcceptance();
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
    }

    [GeneratedRegex("(PC1|PC2|C1): process [0-9]+ says: .*task [0-9]+ ended")]
    private static partial Regex Served();
}
