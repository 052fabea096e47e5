using System.CommandLine;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Post;

namespace Federation.Worker.Phases;

/// <summary>
/// <c>worker phase ap|pc1|pc2|c1|c2|fin|verify|unseal|wdp|wnp</c>: runs one phase on given files, prints its result as
/// one JSON object on standard output, and says in one sentence on standard error what was wrong.
/// </summary>
public static class PhaseCommand
{
    private const int Failed = 1, Interrupted = 130;

    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create() => new("phase", "run one phase on given files and print its result as JSON")
    {
        AddPiece(new PhaseOptions()),
        PreCommit1(new PhaseOptions()),
        PreCommit2(new PhaseOptions()),
        Commit1(new PhaseOptions()),
        Commit2(new PhaseOptions()),
        Finalize(new PhaseOptions()),
        Verify(new PhaseOptions()),
        Unseal(new PhaseOptions()),
        WindowPost(new PhaseOptions()),
        WinningPost(new PhaseOptions()),
    };

    private static Command AddPiece(PhaseOptions options) => Sealing(
        "ap",
        "AddPiece: pad a piece into the unsealed file, compute CommP",
        options,
        PhaseSteps.AddPieceAsync,
        options.PieceData,
        options.Pieces,
        options.Unsealed);

    private static Command PreCommit1(PhaseOptions options) => Sealing(
        "pc1",
        "PreCommit1: tree-d and the labels of all layers",
        options,
        PhaseSteps.PreCommit1Async,
        options.Ticket,
        options.Pieces,
        options.Unsealed,
        options.Sealed,
        options.Cache,
        options.ParentCache,
        options.Output);

    private static Command PreCommit2(PhaseOptions options) => Sealing(
        "pc2",
        "PreCommit2: tree-c, tree-r-last, the replica and CommR",
        options,
        PhaseSteps.PreCommit2Async,
        options.Ticket,
        options.CommD,
        options.Unsealed,
        options.Sealed,
        options.Cache,
        options.Clear,
        options.Output);

    private static Command Commit1(PhaseOptions options) => Sealing(
        "c1",
        "Commit1: the vanilla proof",
        options,
        PhaseSteps.Commit1Async,
        options.Ticket,
        options.Seed,
        options.CommD,
        options.CommR,
        options.Pieces,
        options.Unsealed,
        options.Sealed,
        options.Cache,
        options.Commit1Output,
        options.Form);

    private static Command Commit2(PhaseOptions options) => Sealing(
        "c2",
        "Commit2: the proof that the chain takes, from C1's output",
        options,
        Commit2Step.ProveAsync,
        options.Ticket,
        options.Seed,
        options.CommD,
        options.CommR,
        options.Pieces,
        options.Commit1Output,
        options.ParametersDirectory);

    private static Command Finalize(PhaseOptions options) => Sealing(
        "fin",
        "Finalize: once C1 is done, remove all that neither proofs of spacetime nor unsealing need",
        options,
        PhaseSteps.FinalizeAsync,
        options.Sealed,
        options.Cache);

    private static Command Verify(PhaseOptions options) => Sealing(
        "verify",
        "verify C1's output or C2's proof from public inputs alone",
        options,
        (input, output, cancellationToken) => input.Value(input.Options.Proof) is null
            ? PhaseSteps.VerifyAsync(input, output, cancellationToken)
            : Commit2Step.VerifyAsync(input, output, cancellationToken),
        options.Ticket,
        options.Seed,
        options.CommD,
        options.CommR,
        options.Commit1Output,
        options.Proof,
        options.ParametersDirectory);

    private static Command Unseal(PhaseOptions options) => Sealing(
        "unseal",
        "restore data from the replica: makes the layers again in the cache folder, verifies pieces or CommD",
        options,
        UnsealStep.RunAsync,
        options.Ticket,
        options.CommD,
        options.Pieces,
        options.Sealed,
        options.Cache,
        options.KeepLayers,
        options.ParentCache,
        options.Offset,
        options.Size,
        options.DataOut,
        options.UnsealedOut);

    private static Command WindowPost(PhaseOptions options) => Make(
        "wdp",
        "Window PoSt: prove all sectors, one proof for each partition; with --verify, verify proofs",
        options,
        (input, output, cancellationToken) => PostStep.RunAsync(PostKind.Window, input, output, cancellationToken),
        options.Post);

    private static Command WinningPost(PhaseOptions options) => Make(
        "wnp",
        "Winning PoSt: prove the sector that is drawn from the set; with --verify, verify its proof",
        options,
        (input, output, cancellationToken) => PostStep.RunAsync(PostKind.Winning, input, output, cancellationToken),
        options.Post);

    private static Command Sealing(
        string name,
        string description,
        PhaseOptions options,
        Func<PhaseInput, TextWriter, CancellationToken, Task<string?>> run,
        params Option[] own)
    {
        // PC2 and C1 take the data from tree-d: the file may be typed, so that one set of options suits all phases.
        options.Unsealed.Required = name is "ap" or "pc1";
        options.Commit1Output.Required = name is "c1" or "c2";
        return Make(name, description, options, run, [.. options.Common, .. own]);
    }

    private static Command Make(
        string name,
        string description,
        PhaseOptions options,
        Func<PhaseInput, TextWriter, CancellationToken, Task<string?>> run,
        Option[] own)
    {
        var command = new Command(name, description);
        foreach (var option in own)
        {
            command.Options.Add(option);
        }

        command.SetAction((
            parsed,
            cancellationToken) => RunAsync(name, new PhaseInput(options, parsed), parsed, run, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string name,
        PhaseInput input,
        ParseResult parsed,
        Func<PhaseInput, TextWriter, CancellationToken, Task<string?>> run,
        CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        try
        {
            DistinctFiles.Require(parsed, input.Options);
            var refusal = await run(input, parsed.InvocationConfiguration.Output, cancellationToken);
            if (refusal is null)
            {
                return 0;
            }

            await error.WriteLineAsync($"worker phase {name}: {refusal}");
            return Failed;
        }
        catch (Exception failure) when (
            failure is PhaseException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            await WriteFailureAsync(name, failure, error);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync($"worker phase {name}: interrupted");
            return Interrupted;
        }
    }

    /// <summary>Says what was wrong, and what helps.</summary>
    internal static async Task WriteFailureAsync(string name, Exception failure, TextWriter error)
    {
        await error.WriteLineAsync($"worker phase {name}: {failure.Message}");
        await error.WriteLineAsync(RemedyOf(failure));
    }

    private static string RemedyOf(Exception failure) => failure switch
    {
        PhaseException { InnerException: MissingParametersException } or MissingParametersException =>
            "name the folder that holds it by --params-dir or FIL_PROOFS_PARAMETER_CACHE; 'worker params list' names "
                + "all files, 'worker params generate' makes test parameters",
        PhaseException { InnerException: ParameterFileException } or ParameterFileException =>
            "'worker params check' tells which parameter files are whole, and whose they are",
        PhaseException { Fault: PhaseFault.Storage } =>
            "see that the disk has room and the folder can be written, then run the phase again",
        PhaseException { InnerException: FileNotFoundException or DirectoryNotFoundException } =>
            "check the path as typed; what an earlier phase writes, that phase writes again",
        PhaseException { InnerException: InvalidDataException } =>
            "restore the file from a copy, or run the earlier phases again",
        PhaseException or ArgumentException =>
            "'worker phase --help' and the help of each phase tell what the options take",
        _ => "check the files and folders as typed, their owner, mode and disk",
    };
}
