using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16;

/// <summary>
/// A few scalars that nobody may know, in memory that does not move, so that no copy stays behind, and that is wiped
/// when disposed. What arithmetic leaves of them in registers and on the stack, later calls overwrite.
/// </summary>
internal sealed class SecretScalars : IDisposable
{
    private readonly Fr[] _scalars;

    /// <summary>Scalars that are given.</summary>
    public SecretScalars(params ReadOnlySpan<Fr> scalars)
    {
        _scalars = GC.AllocateArray<Fr>(scalars.Length, pinned: true);
        scalars.CopyTo(_scalars);
    }

    private SecretScalars(int count) => _scalars = GC.AllocateArray<Fr>(count, pinned: true);

    public ref readonly Fr this[int index] => ref _scalars[index];

    /// <summary>Scalars other than zero, from the system's randomness.</summary>
    public static SecretScalars Draw(int count)
    {
        var drawn = new SecretScalars(count);
        for (var i = 0; i < count; i++)
        {
            drawn._scalars[i] = SystemScalars.NextNonZero();
        }

        return drawn;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_scalars.AsSpan()));
}
