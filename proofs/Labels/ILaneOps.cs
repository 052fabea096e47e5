namespace Federation.Proofs.Labels;

/// <summary>
/// Words of several messages side by side, one in each lane of <typeparamref name="T"/>, with the operations that
/// SHA-256 is made of. One kernel is written over it; the compiler makes each instruction set's code of that.
/// </summary>
/// <typeparam name="T">A vector of 32-bit words, or one word.</typeparam>
internal interface ILaneOps<T>
    where T : unmanaged
{
    /// <summary>Messages side by side.</summary>
    static abstract int Lanes { get; }

    /// <summary>The word in every lane.</summary>
    static abstract T Broadcast(uint word);

    /// <summary>Sum modulo 2^32.</summary>
    static abstract T Add(T a, T b);

    /// <summary>Bitwise and.</summary>
    static abstract T And(T a, T b);

    /// <summary>Bits of f where e has ones, of g elsewhere.</summary>
    static abstract T Choose(T e, T f, T g);

    /// <summary>Bits that at least two of three have.</summary>
    static abstract T Majority(T a, T b, T c);

    /// <summary>Σ0 of FIPS 180-4: rotations by 2, 13 and 22.</summary>
    static abstract T BigSigma0(T word);

    /// <summary>Σ1: rotations by 6, 11 and 25.</summary>
    static abstract T BigSigma1(T word);

    /// <summary>σ0: rotations by 7 and 18, shift by 3.</summary>
    static abstract T SmallSigma0(T word);

    /// <summary>σ1: rotations by 17 and 19, shift by 10.</summary>
    static abstract T SmallSigma1(T word);
}
