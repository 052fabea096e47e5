using Federation.Proofs;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.External;

/// <summary>The worker's one side of the lines against its other, as real processes.</summary>
public sealed class OwnProcessorTests : IDisposable
{
    private readonly SealingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Phases_AllInProcesses_GiveTheReferencesValuesAndFiles()
    {
        await using var runner = Programs.Run(
            Programs.Own("AP"), Programs.Own("PC1"), Programs.Own("PC2"), Programs.Own("C1"));
        var progress = new Recorder();

        var ap = await runner.AddPieceAsync(_folder.AddPiece, progress, default).WaitAsync(Programs.Limit);
        Assert.Equal((Golden.CommD, Golden.CommD, 2048), (ap.CommD, ap.Piece.CommP, ap.Piece.PaddedSize));

        var pc1 = await runner.PreCommit1Async(_folder.PreCommit1, progress, default).WaitAsync(Programs.Limit);
        Assert.Equal((Golden.CommD, Golden.ReplicaId), (pc1.CommD, pc1.ReplicaId));
        Assert.Equal(File.ReadAllBytes(Golden.PathOf("seals/pc1-2KiB-5.json")), pc1.Output.ToArray());

        var pc2 = await runner.PreCommit2Async(_folder.PreCommit2, progress, default).WaitAsync(Programs.Limit);
        Assert.Equal((Golden.CommC, Golden.CommRLast), (pc2.CommC, pc2.CommRLast));
        Assert.Equal((Golden.CommD, Golden.CommR), (pc2.CommD, pc2.CommR));
        Assert.Equal(File.ReadAllBytes(Golden.PathOf("seals/pc2-2KiB-5.json")), pc2.Output.ToArray());
        Golden.AssertFiles(_folder.Cache, _folder.Replica);
        Assert.Equal(
            File.ReadAllBytes(Golden.PathOf("seals/t_aux-2KiB-5.bin")),
            File.ReadAllBytes(Path.Combine(_folder.Cache, "t_aux")));

        var c1 = await runner.Commit1Async(_folder.Commit1, progress, default).WaitAsync(Programs.Limit);
        Assert.Equal(
            File.ReadAllBytes(Golden.PathOf("seals/c1-2KiB-5.json")), File.ReadAllBytes(_folder.Commit1Output));
        Assert.Equal([41, 39], Assert.Single(c1.Challenges));
        Assert.Equal(4 * 2, progress.Told.Count(told => told.Stage == "external"));
    }

    /// <summary>Another process' refusal must read, and count, as one of this process does.</summary>
    [Fact]
    public async Task Phases_WrongInput_FailAsTheyDoInThisProcess()
    {
        await using var runner = Programs.Run(Programs.Own("PC1"), Programs.Own("C2"));
        _folder.FillWithGoldenFiles();

        var here = await FailAsync(new PhaseRunner(new SealOptions()).PreCommit1Async(_folder.PreCommit1, null, default));
        var there = await FailAsync(runner.PreCommit1Async(_folder.PreCommit1, null, default));
        Assert.Equal((here.Fault, here.Message), (there.Fault, there.Message));
        Assert.Equal(PhaseFault.InvalidInput, there.Fault);

        // The key is there, the parameters are not: the process says which file it misses.
        var missing = await FailAsync(runner.Commit2Async(_folder.Commit2, null, default));
        Assert.Equal(PhaseFault.Storage, missing.Fault);
        Assert.Contains("the parameter file of circuit PoRep 2KiB is missing", missing.Message);
    }

    private static Task<PhaseException> FailAsync(Task running) =>
        Assert.ThrowsAsync<PhaseException>(() => running.WaitAsync(Programs.Limit));

    private sealed class Recorder : IProgress<PhaseProgress>
    {
        public List<PhaseProgress> Told { get; } = [];

        public void Report(PhaseProgress value) => Told.Add(value);
    }
}
