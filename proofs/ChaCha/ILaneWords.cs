namespace Federation.Proofs.ChaCha;

/// <summary>A vector of 32-bit words, one per lane, as ChaCha needs it.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal interface ILaneWords<TSelf>
    where TSelf : unmanaged, ILaneWords<TSelf>
{
    /// <summary>True when the processor has the instructions for it, or needs none.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Words in it.</summary>
    static abstract int Lanes { get; }

    /// <summary>The same word in every lane.</summary>
    static abstract TSelf Broadcast(uint word);

    /// <summary>Consecutive words from <paramref name="first"/> on.</summary>
    static abstract TSelf Sequence(uint first);

    /// <summary>Sum of each lane's words.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Exclusive or of each lane's words.</summary>
    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>Each lane's word rotated to the left.</summary>
    static abstract TSelf RotateLeft(TSelf value, int count);
}
