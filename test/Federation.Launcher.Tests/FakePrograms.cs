using Federation.Launcher.Sites;

namespace Federation.Launcher.Tests;

/// <summary>
/// Scripts in the place of the built programs. They keep the files that the real ones keep and write down how they were
/// called; the miner's API is served by <see cref="FakeMinerApi"/>.
/// </summary>
internal sealed class FakePrograms
{
    private const string Wait = "trap 'echo stopped; exit 0' TERM\nwhile :; do sleep 0.05; done\n";

    private readonly string _bin;

    public FakePrograms(string root, Uri api)
    {
        _bin = Path.Combine(root, "bin");
        Calls = Path.Combine(root, "calls");
        Write("Federation.Miner", "miner", $$"""
            case $1 in
              init) mkdir -p "$LOTUS_STORAGE_PATH"; echo id >"$LOTUS_STORAGE_PATH/repository-id" ;;
              auth) echo agent-token >"$5" ;;
              run)
                (umask 077; echo secret >"$LOTUS_STORAGE_PATH/token")
                echo /ip4/127.0.0.1/tcp/{{api.Port}}/http >"$LOTUS_STORAGE_PATH/api"
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
                (umask 077; echo worker-token >"$LOTUS_AGENT_PATH/token")
                echo /ip4/127.0.0.1/tcp/1/http >"$LOTUS_AGENT_PATH/api"
                {{Wait}} ;;
            esac
            """);
        Write("Federation.Worker", "worker", $"echo \"$AGENT_API_INFO $SECTOR_SIZE\"\n{Wait}");
    }

    public ProgramPaths Paths => new(_bin);

    /// <summary>One line per call: program and arguments.</summary>
    public string Calls { get; }

    /// <summary>Replaces the worker.</summary>
    public void WriteWorker(string script) => Write("Federation.Worker", "worker", script);

    private void Write(string project, string program, string script)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The launcher runs on Linux.");
        }

        var path = Path.Combine(_bin, project, "release", program);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/usr/bin/env bash\necho \"{program} $*\" >>{Calls}\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
