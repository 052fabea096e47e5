using System.Security.Cryptography;
using Federation.Proofs.Blake2b;
using Microsoft.Win32.SafeHandles;

namespace Federation.Proofs.Groth16.Parameters;

/// <summary>Digests of a file, or of its beginning, read once.</summary>
/// <param name="Blake2b">The first 16 bytes of BLAKE2b-512 in hexadecimal digits.</param>
/// <param name="Sha256">SHA-256 in hexadecimal digits; null when it was not asked for.</param>
internal sealed record FileDigests(string Blake2b, string? Sha256)
{
    private const int BufferSize = 1 << 20, ShownBytes = 16;

    public static FileDigests Take(
        SafeFileHandle file, string path, long size, bool withSha256, CancellationToken cancellationToken)
    {
        var blake2b = new Blake2bDigest(Blake2bHash.MaxSize);
        using var sha256 = withSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var buffer = new byte[(int)Math.Min(size, BufferSize)];
        for (long position = 0; position < size;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = buffer.AsSpan(0, (int)Math.Min(size - position, buffer.Length));
            FileRegions.ReadExactly(file, path, part, position);
            blake2b.Append(part);
            sha256?.AppendData(part);
            position += part.Length;
        }

        return new FileDigests(
            Shown(blake2b.Finish()),
            sha256 is null ? null : Convert.ToHexStringLower(sha256.GetHashAndReset()));
    }

    /// <summary>As much of BLAKE2b-512 as <c>parameters.json</c> has.</summary>
    public static string Shown(ReadOnlySpan<byte> blake2b) => Convert.ToHexStringLower(blake2b[..ShownBytes]);
}
