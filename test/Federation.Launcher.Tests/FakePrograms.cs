using Federation.Launcher.Sites;

namespace Federation.Launcher.Tests;

/// <summary>
/// Scripts in the place of the built programs. They keep the files that the real ones keep and write down how they were
/// called; the miner's API is served by <see cref="FakeMinerApi"/>.
/// </summary>
internal sealed class FakePrograms
{
    // Before a program shows in any way that it is there: from then on it may be asked to stop. What shows it comes
    // whole, as from the real ones.
    private const string Trap = "trap 'echo stopped; exit 0' TERM";

    private const string Wait = "while :; do sleep 0.1; done";

    private readonly string _bin, _workers;

    public FakePrograms(string root, Uri api)
    {
        _bin = Path.Combine(root, "bin");
        Calls = Path.Combine(root, "calls");
        _workers = Directory.CreateDirectory(Path.Combine(root, "workers")).FullName;
        Write("Federation.Miner", "miner", $$"""
            case $1 in
              init) mkdir -p "$LOTUS_STORAGE_PATH"; echo id >"$LOTUS_STORAGE_PATH/repository-id" ;;
              auth) echo agent-token >"$5" ;;
              run)
                {{Trap}}
                (umask 077; echo secret >"$LOTUS_STORAGE_PATH/token")
                echo /ip4/127.0.0.1/tcp/{{api.Port}}/http >"$LOTUS_STORAGE_PATH/api.new"
                mv "$LOTUS_STORAGE_PATH/api.new" "$LOTUS_STORAGE_PATH/api"
                {{Wait}} ;;
            esac
            """);
        Write("Federation.MinerAgent", "miner-agent", $$"""
            case $1 in
              init) mkdir -p "$LOTUS_AGENT_PATH"; echo id >"$LOTUS_AGENT_PATH/repository-id" ;;
              storage)
                path=${@: -1}; mkdir -p "$path"; echo '{"ID":"x"}' >"$path/sectorstore.json"
                echo '{"StoragePaths":[{"Path":"'"$path"'"}]}' >"$LOTUS_AGENT_PATH/storage.json" ;;
              run)
                {{Trap}}
                (umask 077; echo worker-token >"$LOTUS_AGENT_PATH/token")
                echo /ip4/127.0.0.1/tcp/1/http >"$LOTUS_AGENT_PATH/api.new"
                mv "$LOTUS_AGENT_PATH/api.new" "$LOTUS_AGENT_PATH/api"
                {{Wait}} ;;
            esac
            """);
        WriteWorker($"""
            trap 'rm {_workers}/$$; echo stopped; exit 0' TERM
            echo "$AGENT_API_INFO $SECTOR_SIZE $FIL_PROOFS_PARAMETER_CACHE"
            {SayWorks}
            {Wait}
            """);
        Generated = Path.Combine(root, "generated");
        WriteGenerator("echo 'worker params generate: 50 %'");
    }

    private string Generator => Path.Combine(_bin, "generator");

    public ProgramPaths Paths => new(_bin);

    /// <summary>One line per call: program and arguments.</summary>
    public string Calls { get; }

    /// <summary>What the generator makes: it copies this folder.</summary>
    public string Generated { get; }

    /// <summary>Workers that have said they work, and have not been stopped.</summary>
    public int Workers => Directory.GetFiles(_workers).Length;

    /// <summary>What a worker's script says it works with.</summary>
    public string SayWorks => $"touch {_workers}/$$";

    /// <summary>Replaces the worker; it still makes parameters.</summary>
    public void WriteWorker(string script) => Write(
        "Federation.Worker", "worker", $"[ \"$1\" = params ] && exec {Generator} \"$@\"\n{script}");

    /// <summary>Replaces what the generator does before it makes its files; <c>$8</c> is its folder.</summary>
    public void WriteGenerator(string script) => WriteScript(Generator, $"{script}\ncp {Generated}/* \"$8\"\n");

    private void Write(string project, string program, string script) => WriteScript(
        Path.Combine(_bin, project, "release", program), $"echo \"{program} $*\" >>{Calls}\n{script}\n");

    private static void WriteScript(string path, string script)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The launcher runs on Linux.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{script}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
