using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Labels;

/// <summary>libcrypto's SHA256_CTX, whose state we set and read ourselves; in native memory.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal unsafe struct Sha256Context
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockSize = 64;

    /// <summary>The state's eight words.</summary>
    public fixed uint State[8];

    // Only whole blocks are ever added: the counter runs on unused, the rest stays empty.
    private readonly ulong _bits;
    private fixed uint _data[16];
    private readonly uint _count;
    private readonly uint _digestSize;

    /// <summary>Clears the context and sets SHA-256's initial state.</summary>
    public static void Start(Sha256Context* context)
    {
        *context = default;
        SetInitialState(context->State);
    }

    /// <summary>Sets SHA-256's initial state, in the halves that the SHA instructions load.</summary>
    public static void SetInitialState(uint* state)
    {
        Vector128.Create(
            Sha256Constants.Initial0, Sha256Constants.Initial1, Sha256Constants.Initial2, Sha256Constants.Initial3)
            .Store(state);
        Vector128.Create(
            Sha256Constants.Initial4, Sha256Constants.Initial5, Sha256Constants.Initial6, Sha256Constants.Initial7)
            .Store(state + 4);
    }

    /// <summary>Copies a state, in those halves too.</summary>
    public static void CopyState(uint* source, uint* target)
    {
        var high = Vector128.Load(source + 4);
        Vector128.Load(source).Store(target);
        high.Store(target + 4);
    }
}
