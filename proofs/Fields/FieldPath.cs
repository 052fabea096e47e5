namespace Federation.Proofs.Fields;

/// <summary>How field arithmetic on many elements is done; tests force each.</summary>
public enum FieldPath
{
    /// <summary>One element after another on 64-bit limbs.</summary>
    Scalar,

    /// <summary>Four elements at a time, double-precision FMA beside AVX2 on 52-bit limbs.</summary>
    Avx2,

    /// <summary>Eight elements at a time, double-precision FMA of AVX-512 on 52-bit limbs.</summary>
    Avx512,
}
