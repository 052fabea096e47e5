namespace Federation.Proofs.Curve;

/// <summary>
/// Products of eight elements of the base field at a time, in blocks of eight limbs of eight doubles each, limb by
/// limb. What a limb is, the power of two that elements are multiplied by, and the bounds of elements are the kernel's
/// own. Blocks may lie over each other where a result takes an operand's place.
/// </summary>
internal unsafe interface IFpLanes
{
    /// <summary>True where the machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Limbs of eight integers below 2^384, of six words each, least significant first.</summary>
    /// <param name="words">The words of the first lane.</param>
    /// <param name="stride">Distance of two lanes in words.</param>
    /// <param name="block">The limbs.</param>
    static abstract void Load(ulong* words, nint stride, double* block);

    /// <summary>The words of the elements' least representatives, as <see cref="Load"/> reads them.</summary>
    static abstract void Save(double* block, ulong* words, nint stride);

    /// <summary>Products lane by lane.</summary>
    static abstract void Multiply(double* left, double* right, double* product);
}
