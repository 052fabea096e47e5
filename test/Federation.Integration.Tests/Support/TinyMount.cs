using System.Diagnostics;

namespace Federation.Integration.Tests.Support;

/// <summary>A tmpfs of 64 KiB, unmounted with the test: a disk that can be full or read-only, even for root.</summary>
public sealed class TinyMount : IDisposable
{
    private static readonly Lazy<bool> Allowed = new(TryMount);

    public TinyMount(string path)
    {
        Path = path;
        Directory.CreateDirectory(path);
        Assert.True(Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path), $"tmpfs cannot be mounted on {path}");
    }

    public static bool IsAllowed => Allowed.Value;

    public string Path { get; }

    /// <summary>Leaves no free byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(System.IO.Path.Combine(Path, "fill"), FileMode.Append);
        try
        {
            for (var i = 0; i < 32; i++)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // It is full, as wanted.
        }
    }

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Path));

    public void Dispose() => Run("umount", Path);

    private static bool TryMount()
    {
        var folder = Directory.CreateTempSubdirectory("federation-mount-").FullName;
        var mounted = Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder);
        if (mounted)
        {
            Run("umount", folder);
        }

        Directory.Delete(folder);
        return mounted;
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            var info = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
            using var process = Process.Start(info)!;
            return process.WaitForExit(TimeSpan.FromSeconds(10)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
