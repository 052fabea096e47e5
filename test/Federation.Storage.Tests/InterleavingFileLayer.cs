using Federation.Storage.Files;

namespace Federation.Storage.Tests;

/// <summary>
/// The machine's file system, with something else done just before one of its operations: what another process might do
/// at that moment.
/// </summary>
internal sealed class InterleavingFileLayer(int before, Action action) : IFileLayer
{
    private static readonly LinuxFileLayer Files = LinuxFileLayer.Instance;

    /// <summary>Operations so far.</summary>
    public int Operations { get; private set; }

    public EntryKind KindOf(string path) => Next().KindOf(path);

    public IReadOnlyList<string> List(string directory) => Next().List(directory);

    public long LengthOf(string path) => Next().LengthOf(path);

    public Stream OpenRead(string path) => Next().OpenRead(path);

    public bool CreateDirectory(string path) => Next().CreateDirectory(path);

    public void WriteNew(string path, ReadOnlySpan<byte> content) => Next().WriteNew(path, content);

    public bool Rename(string from, string to) => Next().Rename(from, to);

    public bool Link(string from, string to) => Next().Link(from, to);

    public void DeleteFile(string path) => Next().DeleteFile(path);

    public void DeleteDirectory(string path) => Next().DeleteDirectory(path);

    public void FlushFile(string path) => Next().FlushFile(path);

    public void FlushDirectory(string path) => Next().FlushDirectory(path);

    private LinuxFileLayer Next()
    {
        if (Operations++ == before)
        {
            action();
        }

        return Files;
    }
}
