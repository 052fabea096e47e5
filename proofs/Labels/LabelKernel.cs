namespace Federation.Proofs.Labels;

/// <summary>What compresses the blocks of a single sector's labels.</summary>
internal enum LabelKernel
{
    /// <summary>Our own code, one message at a time.</summary>
    Scalar,

    /// <summary>libcrypto, which uses the processor's SHA instructions.</summary>
    LibCrypto,
}
