using System.Diagnostics.CodeAnalysis;

namespace Federation.Proofs.Sha256;

/// <summary>
/// Operations on a vector of 32-bit lanes, one lane for each of several messages that are hashed in lockstep. Made of
/// blocks of 128 bits (four lanes): unpacking and byte order work within a block. Every operation is exact on every
/// machine, in software where the vector is no hardware, so that tests run each width anywhere.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Messages in lockstep.</summary>
    static abstract int Count { get; }

    /// <summary>True where the machine has instructions for this width.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>True where two independent states and their working values fit into the registers.</summary>
    static abstract bool FitsTwoStates { get; }

    /// <summary>The same word in every lane.</summary>
    static abstract TVector Broadcast(uint word);

    /// <summary>Sum of each lane.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>Difference of each lane.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>Each lane rotated right.</summary>
    static abstract TVector RotateRight(TVector a, [ConstantExpected] byte count);

    /// <summary>Each lane shifted right.</summary>
    static abstract TVector ShiftRight(TVector a, [ConstantExpected] byte count);

    /// <summary>Bits that both have.</summary>
    static abstract TVector And(TVector a, TVector b);

    /// <summary>Exclusive or of three.</summary>
    static abstract TVector Xor(TVector a, TVector b, TVector c);

    /// <summary>Bits of <paramref name="b"/> where the selector has ones, of <paramref name="c"/> elsewhere.</summary>
    static abstract TVector Choose(TVector selector, TVector b, TVector c);

    /// <summary>Bits that at least two have.</summary>
    static abstract TVector Majority(TVector a, TVector b, TVector c);

    /// <summary>Lanes 0 and 1 of each block, taken in turn from both.</summary>
    static abstract TVector UnpackLow(TVector a, TVector b);

    /// <summary>Lanes 2 and 3 of each block, taken in turn from both.</summary>
    static abstract TVector UnpackHigh(TVector a, TVector b);

    /// <summary>The lower half of each block, of <paramref name="a"/> and then of <paramref name="b"/>.</summary>
    static abstract TVector UnpackLowHalf(TVector a, TVector b);

    /// <summary>The upper half of each block, of <paramref name="a"/> and then of <paramref name="b"/>.</summary>
    static abstract TVector UnpackHighHalf(TVector a, TVector b);

    /// <summary>The bytes of each lane in the other order.</summary>
    static abstract TVector ReverseBytes(TVector a);

    /// <summary>Reads block b from <paramref name="source"/> + b × <paramref name="stride"/>; any alignment.</summary>
    static abstract TVector LoadBlocks(byte* source, nint stride);

    /// <summary>Writes block b to <paramref name="target"/> + b × <paramref name="stride"/>; any alignment.</summary>
    static abstract void StoreBlocks(TVector a, byte* target, nint stride);
}
