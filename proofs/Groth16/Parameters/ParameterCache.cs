using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Groth16.Parameters;

/// <summary>
/// A folder of parameter files under Filecoin's names. It only reads: files come from Filecoin's publication, or from a
/// generator that wrote them elsewhere. Thread-safe.
/// </summary>
public sealed class ParameterCache
{
    /// <summary>The folder that rust-fil-proofs uses unless FIL_PROOFS_PARAMETER_CACHE names another.</summary>
    public const string DefaultDirectory = "/var/tmp/filecoin-proof-parameters";

    /// <summary>Names the folder; it need not exist.</summary>
    public ParameterCache(string directory) => Directory = directory;

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>Where a file is, or belongs.</summary>
    public string PathOf(CircuitId circuit, ParameterFile file)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return Path.Combine(
            Directory, file == ParameterFile.VerifyingKey ? circuit.VerifyingKeyName : circuit.ParametersName);
    }

    /// <summary>
    /// Looks at a file without reading all of it: its form, and whose verifying key it holds. A file whose key is
    /// Filecoin's counts as Filecoin's here, for a proof made with other points would not verify.
    /// </summary>
    public ParameterReport Inspect(CircuitId circuit, ParameterFile file) =>
        Report(circuit, file, wholly: false, CancellationToken.None);

    /// <summary>Reads all of a file: its form, its digest and the SHA-256 recorded beside it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ParameterReport Check(CircuitId circuit, ParameterFile file, CancellationToken cancellationToken) =>
        Report(circuit, file, wholly: true, cancellationToken);

    /// <summary>The path of a file that may be used.</summary>
    /// <returns>The path, and whose parameters these are.</returns>
    /// <exception cref="MissingParametersException">There is none.</exception>
    /// <exception cref="ParameterFileException">It is damaged, or the policy forbids it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public (string Path, ParameterOrigin Origin) Require(
        CircuitId circuit, ParameterFile file, ParameterPolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);

        // What its key tells is said before tens of GiB are read.
        var found = Accept(Inspect(circuit, file), policy);
        return policy.VerifyDigests ? Accept(Check(circuit, file, cancellationToken), policy) : found;
    }

    /// <summary>
    /// Says at once, before long work that a proof needs first, that a file is missing, cut off or forbidden.
    /// </summary>
    /// <exception cref="MissingParametersException">There is none.</exception>
    /// <exception cref="ParameterFileException">
    /// It is damaged as far as its form shows, or the policy forbids it.
    /// </exception>
    public void RequireForm(CircuitId circuit, ParameterFile file, ParameterPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Accept(Inspect(circuit, file), policy);
    }

    private static (string Path, ParameterOrigin Origin) Accept(ParameterReport report, ParameterPolicy policy)
    {
        switch (report.State)
        {
            case ParameterState.Missing:
                throw new MissingParametersException(report.Circuit, report.Path);
            case ParameterState.Damaged:
                throw new ParameterFileException(report.Path, report.Reason!);
            default:
                var origin = report.State == ParameterState.Official
                    ? ParameterOrigin.Official
                    : ParameterOrigin.TestParameters;
                policy.Require(origin, report.Path);
                return (report.Path, origin);
        }
    }

    private ParameterReport Report(
        CircuitId circuit, ParameterFile file, bool wholly, CancellationToken cancellationToken)
    {
        var path = PathOf(circuit, file);
        var report = new ParameterReport(circuit, file, path, ParameterState.Missing, 0, null, null);
        if (!File.Exists(path))
        {
            return report;
        }

        using var handle = File.OpenHandle(path);
        report = report with { Size = RandomAccess.GetLength(handle) };
        try
        {
            return wholly
                ? Whole(report, handle, cancellationToken)
                : report with { State = KeyState(report, handle) };
        }
        catch (ParameterFileException refusal)
        {
            return report with { State = ParameterState.Damaged, Reason = refusal.Reason };
        }
    }

    /// <summary>Checks the form and tells whose verifying key the file holds.</summary>
    private static ParameterState KeyState(ParameterReport report, SafeFileHandle handle)
    {
        if (report.File == ParameterFile.VerifyingKey)
        {
            ParameterLayout.RequireKey(handle, report.Path, report.Circuit);
        }
        else
        {
            ParameterLayout.Read(handle, report.Path, report.Circuit);
        }

        var size = ParameterLayout.KeySizeOf(report.Circuit);
        var digest = FileDigests.Take(handle, report.Path, size, withSha256: false, CancellationToken.None).Blake2b;
        return digest == OfficialDigests.Of(report.Circuit)?.VerifyingKey
            ? ParameterState.Official
            : ParameterState.TestParameters;
    }

    /// <summary>
    /// Compares the key that a circuit's parameters begin with and the <c>.vk</c> file beside them, by which others
    /// will verify what is proved; null when it is the same or none is there.
    /// </summary>
    /// <exception cref="IOException">One of the files cannot be read.</exception>
    public string? DifferenceFromKey(CircuitId circuit)
    {
        var path = PathOf(circuit, ParameterFile.Parameters);
        using var handle = File.OpenHandle(path);
        return DifferenceFromKey(circuit, KeyOf(circuit, path, handle));
    }

    /// <summary>The same for a key that was read already.</summary>
    internal string? DifferenceFromKey(CircuitId circuit, ReadOnlySpan<byte> key)
    {
        var path = PathOf(circuit, ParameterFile.VerifyingKey);
        var file = new FileInfo(path);
        return !file.Exists || (file.Length == key.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(key))
            ? null
            : $"its verifying key is not the one in {path}, by which its proofs would be verified";
    }

    private static byte[] KeyOf(CircuitId circuit, string path, SafeFileHandle handle)
    {
        var key = new byte[ParameterLayout.KeySizeOf(circuit)];
        FileRegions.ReadExactly(handle, path, key, 0);
        return key;
    }

    private ParameterReport Whole(
        ParameterReport report, SafeFileHandle handle, CancellationToken cancellationToken)
    {
        var state = KeyState(report, handle);
        var recorded = DigestFile.Read(report.Path);
        var digests = FileDigests.Take(
            handle, report.Path, report.Size, withSha256: recorded is not null, cancellationToken);
        var reason = recorded is not null && recorded != digests.Sha256 ? Difference(digests.Sha256!, recorded)
            : state == ParameterState.Official ? DifferenceFromOfficial(report, digests.Blake2b)
            : report.File == ParameterFile.Parameters
                ? DifferenceFromKey(report.Circuit, KeyOf(report.Circuit, report.Path, handle))
            : null;
        return report with
        {
            State = reason is null ? state : ParameterState.Damaged,
            Digest = digests.Blake2b,
            Reason = reason,
        };
    }

    /// <summary>Compares a file with the SHA-256 recorded beside it; null when it is the same or none is.</summary>
    internal static string? DifferenceFromRecord(string path, CancellationToken cancellationToken)
    {
        if (DigestFile.Read(path) is not { } recorded)
        {
            return null;
        }

        using var handle = File.OpenHandle(path);
        var digest = FileDigests.Take(
            handle, path, RandomAccess.GetLength(handle), withSha256: true, cancellationToken).Sha256!;
        return digest == recorded ? null : Difference(digest, recorded);
    }

    private static string Difference(string digest, string recorded) =>
        $"its SHA-256 is {digest}, but {recorded} was recorded when it was made";

    private static string? DifferenceFromOfficial(ParameterReport report, string digest)
    {
        var official = OfficialDigests.Of(report.Circuit)!;
        var expected = report.File == ParameterFile.VerifyingKey ? official.VerifyingKey : official.Parameters;
        return digest == expected
            ? null
            : $"its verifying key is Filecoin's, but its digest is {digest}, not {expected}";
    }
}
