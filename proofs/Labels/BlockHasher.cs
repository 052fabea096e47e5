namespace Federation.Proofs.Labels;

/// <summary>Compresses blocks of one message after the other by the chosen kernel. Not thread-safe.</summary>
internal sealed unsafe class BlockHasher : IDisposable
{
    private readonly NativeBuffer _memory = new(sizeof(Sha256Context));
    private readonly LabelKernel _kernel;
    private readonly Sha256Context* _context;

    /// <param name="kernel">What compresses.</param>
    /// <exception cref="PlatformNotSupportedException">The kernel is not there.</exception>
    public BlockHasher(LabelKernel kernel)
    {
        if (kernel == LabelKernel.LibCrypto && !LibCrypto.IsAvailable)
        {
            throw new PlatformNotSupportedException("libcrypto is missing: use the scalar kernel");
        }

        _kernel = kernel;
        _context = (Sha256Context*)_memory.Pointer;
        Sha256Context.Start(_context);
    }

    /// <summary>The fastest kernel of this machine.</summary>
    public static LabelKernel Best { get; } = LibCrypto.IsAvailable ? LabelKernel.LibCrypto : LabelKernel.Scalar;

    /// <summary>The eight words that <see cref="Compress"/> starts from and leaves; 64-byte aligned.</summary>
    public uint* State => _context->State;

    /// <summary>Compresses whole blocks into <see cref="State"/>.</summary>
    public void Compress(byte* blocks, int count)
    {
        if (_kernel == LabelKernel.LibCrypto)
        {
            LibCrypto.Compress(_context, blocks, count);
        }
        else
        {
            ScalarBlocks.Compress(_context->State, blocks, count);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
