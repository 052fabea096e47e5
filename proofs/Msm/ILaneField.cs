using Federation.Proofs.Curve;

namespace Federation.Proofs.Msm;

/// <summary>A field whose elements are multiplied eight at a time: one block of each component after the other.</summary>
internal unsafe interface ILaneField<TField>
    where TField : unmanaged, ICurveField<TField>
{
    /// <summary>Components over the base field.</summary>
    static abstract int Components { get; }

    /// <summary>What brings an element into the lanes' Montgomery form: 2^32.</summary>
    static abstract TField EnterFactor { get; }

    /// <summary>What brings it back.</summary>
    static abstract TField LeaveFactor { get; }

    /// <summary>Products lane by lane, which may lie over an operand.</summary>
    static abstract void Multiply(double* left, double* right, double* product);
}
