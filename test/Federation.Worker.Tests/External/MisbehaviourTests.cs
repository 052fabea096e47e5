using Federation.Testing;
using Federation.Worker.External;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.External;

/// <summary>Whatever a program does, a task ends with one sentence and the right kind of failure.</summary>
public sealed class MisbehaviourTests : IDisposable
{
    private const string Ready = "echo 'pc2 processor ready'; ";

    private readonly SealingFolder _folder = new();

    public MisbehaviourTests() => _folder.FillWithGoldenFiles();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exit 3", "ended with exit code 3 (3 starts in a row)")]
    [InlineData("echo 'no such device' >&2; exit 1", "ended with exit code 1; its last words: \"no such device\" (3")]
    [InlineData("echo hello; read", "began with \"hello\" in place of \"pc2 processor ready\"")]
    [InlineData(Ready + "next; echo 'out of memory' >&2; exit 9", "ended with exit code 9; its last words: \"out of mem")]
    [InlineData(Ready + "next; kill -SEGV $$", "ended with exit code 139")]
    [InlineData(Ready + "exec 1>&-; sleep 600", "ended with exit code 137")]
    [InlineData(Ready + "next; head -c 17000000 /dev/zero | tr '\\0' x; next", "wrote a line of more than 16777216 bytes")]
    [InlineData(Ready + "next; fail $id 'the GPU fell off'; next", "the GPU fell off")]
    [InlineData(Ready + "next; fail null 'no task'; next", "no task")]
    [InlineData(Ready + "next; answer $id null; next", "gave an output that is none: there is none")]
    [InlineData(Ready + "next; answer $id '{\"comm_r\":\"00\"}'; next", "gave an output that is none")]
    [InlineData(Ready + "next; answer $id 7; next", "gave an output that is none: it is of another kind")]
    public async Task Task_ProgramFails_IsOneSentence(string script, string sentence)
    {
        await using var runner = Programs.Run(Programs.Script(script));

        var failure = await FailAsync(runner);

        Assert.Equal(PhaseFault.Prover, failure.Fault);
        Assert.Contains(sentence, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.InRange(failure.Message.Length, 1, 800);
    }

    [Theory]
    [InlineData("sleep 600", "did not say \"pc2 processor ready\" within 3s")]
    [InlineData(Ready + "next; sleep 600", "gave no answer within 3s and was ended")]
    [InlineData(Ready + "next; answer 99 '{}'; sleep 600", "it wrote \"{\"id\":99,\"err_msg\":null,\"output\":{}}\", which")]
    [InlineData(Ready + "next; echo thinking; sleep 600", "it wrote \"thinking\", which answers nothing")]
    [InlineData(Ready + "sleep 600", "gave no answer within 3s and was ended")]
    public async Task Task_ProgramHangs_EndsInTimeAndWithAllThatItStarted(string script, string sentence)
    {
        var (pids, limit) = (_folder.In("pids"), TimeSpan.FromSeconds(3));
        var (time, log) = (new ManualTime(), new RecordingLog());
        var program = Programs.Script($"echo $$ >> {pids}; {script}");
        await using var runner = Programs.Run(
            time, log.For<ExternalPhaseRunner>(), program with { StartTimeout = limit, Timeout = limit });

        var failing = FailAsync(runner);

        // The clock stands still until it hangs where the script has it hang.
        await Programs.EventuallyAsync(() => File.Exists(pids) && File.ReadAllText(pids).EndsWith('\n') ? pids : null);
        await (sentence.Contains("it wrote", StringComparison.Ordinal) ? SeenAsync(log, "a line that answers nothing")
            : script.StartsWith(Ready, StringComparison.Ordinal) ? SeenAsync(log, "is ready")
            : Task.CompletedTask);
        var failure = await PassAsync(time, limit, failing);

        Assert.Equal(PhaseFault.Prover, failure.Fault);
        Assert.Contains(sentence, failure.Message);
        // The shell and its sleep were one group, which the shell led; the system ends them in its own time.
        foreach (var group in File.ReadAllLines(pids).Select(int.Parse))
        {
            await Programs.EventuallyAsync(
                () => Directory.GetDirectories("/proc").Any(folder => IsOfGroup(folder, group)) ? null : pids);
        }
    }

    [Theory]
    [InlineData("comm_r", "CommR of p_aux")]
    [InlineData("comm_c", "CommC of p_aux")]
    [InlineData("comm_r_last", "CommRLast of p_aux")]
    [InlineData("comm_d", "CommD")]
    public async Task PreCommit2_WrongCommitment_IsRefused(string name, string sentence)
    {
        var output = Programs.PreCommit2Output.Replace($"\"{name}\":\"", $"\"{name}\":\"00", StringComparison.Ordinal);
        output = output.Replace(output.Split($"\"{name}\":\"")[1].Split('"')[0], new string('1', 64));
        await using var runner = Programs.Run(Programs.Script($"{Ready} next; answer $id '{output}'; next"));

        var failure = await FailAsync(runner);

        Assert.Equal(PhaseFault.Prover, failure.Fault);
        Assert.StartsWith($"the program of PC2 gave a wrong result: {sentence}", failure.Message);
    }

    [Theory]
    [InlineData("sealed", "sealed is missing")]
    [InlineData("cache/t_aux", "t_aux is missing")]
    [InlineData("cache/p_aux", "p_aux")]
    [InlineData("cache/sc-02-data-tree-r-last.dat", "sc-02-data-tree-r-last.dat is missing")]
    public async Task PreCommit2_MissingFile_IsRefused(string file, string sentence)
    {
        File.Delete(_folder.In(file));
        await using var runner = Programs.Run(
            Programs.Script($"{Ready} next; answer $id '{Programs.PreCommit2Output}'; next"));

        var failure = await FailAsync(runner);

        Assert.Equal(PhaseFault.Prover, failure.Fault);
        Assert.Contains(sentence, failure.Message);
    }

    [Fact]
    public async Task Commit2_ProofThatHolds_IsHandedOn_AndAnyOtherIsRefused()
    {
        string Answering(string proof) => "echo 'c2 processor ready'; next; answer $id "
            + $"'{{\"comm_d\":\"{Golden.CommD}\",\"comm_r\":\"{Golden.CommR}\",\"proof\":\"{proof}\"}}'; next";
        await using var honest = Programs.Run(Programs.Script(Answering(Golden.Proof), "C2"));

        var outcome = await honest.Commit2Async(_folder.Commit2, null, default).WaitAsync(Programs.Limit);

        Assert.Equal(Golden.Proof, Convert.ToHexStringLower(outcome.Proof.Span));
        Assert.Null(outcome.Details);
        var otherSign = Convert.ToHexStringLower([(byte)(Convert.FromHexString(Golden.Proof)[0] ^ 0x20)])
            + Golden.Proof[2..];
        foreach (var (proof, reason) in new[]
        {
            (otherSign, "does not hold"), (Golden.Proof[2..], "not 191"), ("xy", "is not hexadecimal digits"),
        })
        {
            await using var other = Programs.Run(Programs.Script(Answering(proof), "C2"));
            var failure = await Assert.ThrowsAsync<PhaseException>(
                () => other.Commit2Async(_folder.Commit2, null, default).WaitAsync(Programs.Limit));
            Assert.Equal(PhaseFault.Prover, failure.Fault);
            Assert.Contains(reason, failure.Message);
        }
    }

    /// <summary>The program is not even asked: it would answer that it was.</summary>
    [Fact]
    public async Task Commit2_Commit1OutputOfAnother_IsInvalidInput()
    {
        await using var runner = Programs.Run(
            Programs.Script("echo 'c2 processor ready'; next; fail $id 'it was asked'; next", "C2"));

        var failure = await Assert.ThrowsAsync<PhaseException>(() => runner.Commit2Async(
            _folder.Commit2 with { Seed = Golden.Ticket }, null, default).WaitAsync(Programs.Limit));

        Assert.Equal(PhaseFault.InvalidInput, failure.Fault);
        Assert.Contains("does not hold for this sector", failure.Message);
    }

    [Fact]
    public async Task Commit1_OutputThatDoesNotHold_IsRefused()
    {
        File.WriteAllText(
            _folder.Commit1Output, File.ReadAllText(_folder.Commit1Output).Replace("\"comm_r\":[174,", "\"comm_r\":[175,"));
        var bytes = File.ReadAllBytes(_folder.Commit1Output);
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        string Answering(string sha256, string challenges) => "echo 'c1 processor ready'; next; answer $id "
            + $"'{{\"comm_d\":\"{Golden.CommD}\",\"comm_r\":\"{Golden.CommR}\",\"replica_id\":\"{Golden.ReplicaId}\","
            + $"\"challenges\":{challenges},\"output_bytes\":{bytes.Length},\"output_sha256\":\"{sha256}\"}}'; next";
        foreach (var (script, sentence) in new[]
        {
            (Answering(digest, "[[41,39]]"), "its proof does not hold"),
            (Answering(digest[1..] + "0", "[[41,39]]"), "the SHA-256 of"),
            (Answering(digest, "[[41,40]]"), "its challenges are not those of the seed"),
            (Answering(digest, "[]"), "its challenges are not those of the seed"),
        })
        {
            await using var runner = Programs.Run(Programs.Script(script, "C1"));
            var failure = await Assert.ThrowsAsync<PhaseException>(
                () => runner.Commit1Async(_folder.Commit1, null, default).WaitAsync(Programs.Limit));
            Assert.Equal(PhaseFault.Prover, failure.Fault);
            Assert.Contains(sentence, failure.Message);
        }
    }

    private Task<PhaseException> FailAsync(ExternalPhaseRunner runner) => Assert.ThrowsAsync<PhaseException>(
        () => runner.PreCommit2Async(_folder.PreCommit2, null, default).WaitAsync(Programs.Limit));

    /// <summary>Ends once a line with these words is there.</summary>
    private static Task<RecordingLog> SeenAsync(RecordingLog log, string words) => Programs.EventuallyAsync(
        () => log.Lines.Any(line => line.Text.Contains(words, StringComparison.Ordinal)) ? log : null);

    /// <summary>Lets time pass until a task ends that waits for it.</summary>
    private static async Task<T> PassAsync<T>(ManualTime time, TimeSpan step, Task<T> waiting)
    {
        while (await Task.WhenAny(waiting, Task.Delay(20)) != waiting)
        {
            time.Advance(step);
        }

        return await waiting;
    }

    private static bool IsOfGroup(string folder, int group)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] != "Z" && int.Parse(fields[2]) == group;
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
