using System.Diagnostics;

namespace Federation.Launcher.Tests;

/// <summary>The script ./fed and what it sources.</summary>
[Collection(Forking.Name)]
public sealed class FedScriptTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fed_Alone_PrintsHelpFromAnyFolderAndThroughALink()
    {
        var link = Path.Combine(_folder.Root, "fed");
        File.CreateSymbolicLink(link, Path.Combine(Repository(), "fed"));

        var (code, output, _) = await RunAsync(link, []);

        Assert.Equal(0, code);
        Assert.StartsWith("usage: ./fed COMMAND [OPTIONS]", output, StringComparison.Ordinal);
        foreach (var command in new[] { "up", "test [--all]", "miner …", "miner-agent …", "worker …", "bench …" })
        {
            Assert.Contains($"\n  {command}", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("bake", "fed: there is no command 'bake': ./fed prints those that there are\n")]
    [InlineData("test --al", "fed: ./fed test takes only --all, not '--al'\n")]
    public async Task Fed_WrongCommand_IsOneSentenceAndCode2(string arguments, string sentence)
    {
        var (code, output, errors) = await RunAsync(Path.Combine(Repository(), "fed"), arguments.Split(' '));

        Assert.Equal((2, "", sentence), (code, output, errors));
    }

    [Fact]
    public async Task Fed_WithoutSdk_SaysWhatIsMissingAndHowToGetIt()
    {
        var bin = Directory.CreateDirectory(Path.Combine(_folder.Root, "bin")).FullName;
        foreach (var tool in new[] { "bash", "env", "dirname", "readlink", "find", "sed", "mkdir", "flock" })
        {
            File.CreateSymbolicLink(Path.Combine(bin, tool), $"/usr/bin/{tool}");
        }

        var script = Path.Combine(_folder.Root, "fed");
        File.Copy(Path.Combine(Repository(), "fed"), script);
        File.Copy(Path.Combine(Repository(), "global.json"), Path.Combine(_folder.Root, "global.json"));

        var (code, _, errors) = await RunAsync(script, ["miner"], path: bin);

        Assert.Equal(1, code);
        Assert.Equal(
            "fed: the .NET 10 SDK is missing: install it with: apt-get install dotnet-sdk-10.0 (from Microsoft's package feed for Debian)\n",
            errors);
    }

    [Theory]
    [InlineData("A|5|0|0|1|0;B|7|0|2|1|0", 0, "12 passed, 0 failed, 2 skipped")]
    [InlineData("A|5|0|0|1|0;B|7|0|0|1|0", 0, "12 passed, 0 failed")]
    [InlineData("A|5|1|0|1|1;B|7|0|0|1|0", 1, "12 passed, 1 failed")]
    [InlineData("A|5|0|0|1|0;B|0|0|0|1|0", 1, "5 passed, 1 failed")]
    [InlineData("A|5|0|0|1|0;B|7|0|0|600|124", 1, "12 passed, 1 failed")]
    [InlineData("A|5|0|0|1|0;B|0|0|3|1|0", 1, "5 passed, 1 failed, 3 skipped")]
    public async Task Summarise_Counts_AreGreenOnlyWhenEveryProjectRanAndNoneFailed(
        string counts, int expected, string line)
    {
        var (i, lines) = (0, counts.Split(';'));
        foreach (var count in lines)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.Root, $"{i++}.count"), count + "\n");
        }

        var test = Path.Combine(Repository(), "launcher", "scripts", "test.sh");
        var (code, output, _) = await RunAsync(
            "bash", ["-c",
                $"set -euo pipefail; results={_folder.Root}; . {test}; if summarise 3; then exit 0; else exit 1; fi"]);

        Assert.Equal(expected, code);
        Assert.Equal($"fed: tests took 3 s\n{line}\n", output);
    }

    [Fact]
    public async Task ListJobs_HasEveryTestProjectAndTheProofsWithoutVectorInstructions()
    {
        var test = Path.Combine(Repository(), "launcher", "scripts", "test.sh");
        var (_, output, _) = await RunAsync(
            "bash", ["-c", $"set -euo pipefail; root={Repository()}; . {test}; list_jobs"]);

        var jobs = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(job => job.Split('|')).ToList();
        var projects = Directory.GetDirectories(Path.Combine(Repository(), "test"), "*.Tests").Select(
            folder => Path.GetFileName(folder));
        Assert.Equal(projects.Order(StringComparer.Ordinal),
            jobs.Select(job => job[1]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["", "DOTNET_EnableAVX512=0", "DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0"],
            jobs.Where(job => job[1] == "Federation.Proofs.Tests").Select(job => job[2]));
    }

    [Theory]
    [InlineData(1, 64_000, 1)]
    [InlineData(2, 24_000, 2)]
    [InlineData(2, 8_000, 2)]
    [InlineData(2, 4_000, 1)]
    [InlineData(2, 1_000, 1)]
    [InlineData(16, 8_000, 3)]
    [InlineData(64, 256_000, 4)]
    public async Task JobsAtOnce_ProcessorsAndMemory_AreWhatBothHold(int processors, int mebibytes, int jobs)
    {
        var test = Path.Combine(Repository(), "launcher", "scripts", "test.sh");
        var (_, output, errors) = await RunAsync(
            "bash",
            ["-c", $"set -euo pipefail; . {test}; jobs_at_once {processors} {mebibytes}; processors; memory_mib"]);

        var numbers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        Assert.Equal(("", 3, jobs), (errors, numbers.Count, numbers[0]));
        Assert.All(numbers, number => Assert.True(number > 0, output));
    }

    /// <summary>In place of <c>dotnet</c> stands a program that leaves a process and a file behind.</summary>
    [Fact]
    public async Task RunJob_ProjectThatLeavesSomething_IsCountedAndNothingStays()
    {
        var bin = Directory.CreateDirectory(Path.Combine(_folder.Root, "bin")).FullName;
        var results = Directory.CreateDirectory(Path.Combine(_folder.Root, "results")).FullName;
        var dotnet = Path.Combine(bin, "dotnet");
        await File.WriteAllTextAsync(
            dotnet,
            """
            #!/usr/bin/env bash
            results=${@: -1}
            mkdir "$results"
            echo '<Counters total="9" executed="8" passed="7" failed="1" error="0" timeout="0" aborted="0"/>' \
              >"$results/result.trx"
            echo left >"$TMPDIR/file"
            sleep 600 &
            echo "$TMPDIR $!" >"$results/left"
            exit 1
            """);
        var test = Path.Combine(Repository(), "launcher", "scripts", "test.sh");

        var (code, output, _) = await RunAsync(
            "bash",
            [
                "-c",
                $"set -euo pipefail; chmod +x {dotnet}; artifacts={_folder.Root}; results={results}; . {test}; "
                    + "run_job 0 A A ''",
            ],
            $"{bin}:{Environment.GetEnvironmentVariable("PATH")}");

        Assert.Equal(0, code);
        Assert.StartsWith("A ", output, StringComparison.Ordinal);
        Assert.Matches(@"^A\|7\|1\|1\|\d+\|1\n$", await File.ReadAllTextAsync(Path.Combine(results, "A.count")));
        var left = (await File.ReadAllTextAsync(Path.Combine(results, "A", "left"))).Split();
        Assert.False(Directory.Exists(left[0]), left[0]);
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(left[1]), Bound), $"process {left[1]} runs on");
        Assert.False(File.Exists(Path.Combine(results, "A.pid")));
    }

    /// <summary>One that ended and that nobody has asked for yet does not run.</summary>
    private static bool IsRunning(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(
        string program, string[] arguments, string? path = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path ?? Environment.GetEnvironmentVariable("PATH");
        using var process = Process.Start(start)!;
        using var bound = new CancellationTokenSource(Bound);
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(bound.Token), process.StandardError.ReadToEndAsync(bound.Token));
        await process.WaitForExitAsync(bound.Token);
        return (process.ExitCode, await output, await errors);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "fed")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("fed is above the tests' output.");
        }

        return folder.FullName;
    }
}
