using System.Diagnostics;

namespace Federation.Integration.Tests.Support;

/// <summary>A small tmpfs, unmounted with the test: a disk that can be full or read-only, even for root.</summary>
public sealed class TinyMount : IDisposable
{
    private const string FillName = "fill";
    private static readonly Lazy<bool> Allowed = new(TryMount);
    private readonly int _sizeKiB;

    public TinyMount(string path, int sizeKiB = 64)
    {
        (Path, _sizeKiB) = (path, sizeKiB);
        Directory.CreateDirectory(path);
        Assert.True(Run("mount", "-t", "tmpfs", "-o", $"size={sizeKiB}k", "tmpfs", path),
            $"tmpfs cannot be mounted on {path}");
    }

    public static bool IsAllowed => Allowed.Value;

    public string Path { get; }

    /// <summary>Leaves no free byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(System.IO.Path.Combine(Path, FillName), FileMode.Append);
        try
        {
            for (var i = 0; i < _sizeKiB; i++)
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

    /// <summary>Takes back what <see cref="Fill"/> took.</summary>
    public void MakeRoom() => File.Delete(System.IO.Path.Combine(Path, FillName));

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
            return process.WaitForExit(TimeSpan.FromMinutes(1)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
