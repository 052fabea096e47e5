using System.Text.RegularExpressions;
using Federation.Discovery;
using Federation.Integration.Tests.Support;

namespace Federation.Integration.Tests;

/// <summary>A worker that has phases run in programs, here our own other side of the lines.</summary>
[Collection(nameof(Federations))]
public sealed partial class ExternalProverTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(4);

    [Fact]
    public Task Phases_InPrograms_SealToProving() => AssertSealsAsync(null, "PC1", "PC2", "C1");

    /// <summary>A program's proof goes the whole way: worker, miner and devnet verify it.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Commit2_InAProgram_SealsToProving() =>
        await AssertSealsAsync(await TestParameters.RequireAsync(), "C2");

    private static async Task AssertSealsAsync(string? parameters, params string[] phases)
    {
        await using var federation = await TestFederation.StartAsync(new()
        {
            Regions = 1,
            WorkersPerRegion = 1,
            Parameters = parameters,
            WorkerConfig = string.Concat(phases.Select(Section)),
        });
        await using var history = new ReportHistory(federation.Store, new FederationKeys("t01000"));
        var sectors = await federation.PledgeAsync(2);
        await federation.AllProveAsync(sectors, parameters is null ? Bound : 2 * Bound);

        await history.CatchUpAsync();
        await ServedAsync(federation.Regions[0].Workers[0], [.. phases.Concat(phases).Order(StringComparer.Ordinal)]);
        history.AssertNothingStartedAfterItsAcceptance();
        await Devnet.AssertOneMessageOfEachKindAsync(federation, sectors);
    }

    /// <summary>What a program says of a task comes apart from its answer, and may come later.</summary>
    private static async Task ServedAsync(ChildProcess worker, string[] expected)
    {
        string[] Said() => [.. Served().Matches(worker.ReadShared()).Select(match => match.Groups[1].Value)];
        await Eventually.HoldsAsync(
            () => Task.FromResult(Said().Length >= expected.Length ? null : "not all tasks are said to have ended"),
            TimeSpan.FromMinutes(1),
            () => worker.Tail());
        Assert.Equal(expected, Said().Order(StringComparer.Ordinal));
    }

    private static string Section(string phase) => $"""
        [External.{phase}]
          Program = "{TestPrograms.Worker}"
          Args = ["processor", "{phase.ToLowerInvariant()}", "--memory", "64MiB"]
          Timeout = "4m"

        """;

    [GeneratedRegex("(PC1|PC2|C1|C2): process [0-9]+ says: .*task [0-9]+ ended")]
    private static partial Regex Served();
}
