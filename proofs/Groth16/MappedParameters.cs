using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Federation.Proofs.Groth16.Parameters;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Groth16;

/// <summary>
/// A circuit's <c>.params</c> file, mapped: points are read where they lie, and pages that were read can be given back.
/// Safe to use from many threads until it is disposed of. The file must not be cut meanwhile.
/// </summary>
public sealed unsafe partial class MappedParameters : IDisposable
{
    private const int DontNeed = 4;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly Lazy<Groth16Verifier> _verifier;

    private MappedParameters(
        SafeFileHandle file, string path, ParameterLayout layout, VerifyingKey key, ParameterOrigin origin)
    {
        Path = path;
        Layout = layout;
        Key = key;
        Origin = origin;
        _file = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
        _verifier = new Lazy<Groth16Verifier>(() => new Groth16Verifier(key));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where its points lie.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>The verifying key that it begins with.</summary>
    public VerifyingKey Key { get; }

    /// <summary>Verifies proofs made with these parameters.</summary>
    public Groth16Verifier Verifier => _verifier.Value;

    /// <summary>Whose parameters these are.</summary>
    public ParameterOrigin Origin { get; }

    /// <summary>Opens a circuit's file.</summary>
    /// <exception cref="MissingParametersException">There is none.</exception>
    /// <exception cref="ParameterFileException">
    /// It is damaged, of another circuit, or the policy forbids it.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled while the file was digested.</exception>
    public static MappedParameters Open(
        ParameterCache cache, CircuitId circuit, ParameterPolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cache);
        var (path, _) = cache.Require(circuit, ParameterFile.Parameters, policy, cancellationToken);
        return Open(path, circuit, policy, cache);
    }

    /// <summary>Opens test parameters of a circuit that has no name of Filecoin's.</summary>
    internal static MappedParameters Open(string path)
    {
        using var handle = File.OpenHandle(path);
        var layout = ParameterLayout.Read(handle, path, circuit: null);
        var key = VerifyingKey.FromBytes(KeyBytes(handle, path, layout));
        return new MappedParameters(handle, path, layout, key, ParameterOrigin.TestParameters);
    }

    private static MappedParameters Open(string path, CircuitId circuit, ParameterPolicy policy, ParameterCache cache)
    {
        using var handle = File.OpenHandle(path);
        var layout = ParameterLayout.Read(handle, path, circuit);
        var bytes = KeyBytes(handle, path, layout);
        var key = CircuitKey.FromBytes(circuit, path, bytes, policy);
        if (cache.DifferenceFromKey(circuit, bytes) is { } difference)
        {
            throw new ParameterFileException(path, difference);
        }

        return new MappedParameters(handle, path, layout, key.Key, key.Origin);
    }

    private static byte[] KeyBytes(SafeFileHandle handle, string path, ParameterLayout layout)
    {
        var key = new byte[layout.KeySize];
        FileRegions.ReadExactly(handle, path, key, 0);
        return key;
    }

    /// <summary>The first point of a section.</summary>
    internal byte* PointsOf(in ParameterSection section) =>
        _start + section.Offset;

    /// <summary>Gives back the memory of a section's pages, which the file still holds.</summary>
    internal void Release(in ParameterSection section)
    {
        var mask = (nint)Environment.SystemPageSize - 1;
        var first = ((nint)(_start + section.Offset) + mask) & ~mask;
        var end = (nint)(_start + section.End) & ~mask;
        if (OperatingSystem.IsLinux() && end > first)
        {
            // Advice only: where it is not taken, the pages stay as they are.
            _ = Advise(first, (nuint)(end - first), DontNeed);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint length, int advice);
}
