using Federation.Proofs.Fields;

namespace Federation.Proofs.Msm;

/// <summary>
/// The scalars of a multi-scalar multiplication, in memory that does not move meanwhile, and which of them have a base.
/// </summary>
/// <param name="scalars">The first scalar.</param>
/// <param name="count">Number of scalars.</param>
/// <param name="density">A bit for each scalar, lowest first: set where it has a base. Null: each has one.</param>
internal readonly unsafe struct MsmInput(Fr* scalars, int count, ulong* density)
{
    private readonly Fr* _scalars = scalars;
    private readonly ulong* _density = density;

    /// <summary>Number of scalars.</summary>
    public int Count { get; } = count;

    /// <summary>True where the scalar has a base: the next one, bases being as many as such scalars.</summary>
    public bool HasBase(int index) => _density is null || ((_density[index / 64] >> (index % 64)) & 1) != 0;

    /// <summary>The scalar at an index.</summary>
    public ref readonly Fr this[int index] => ref _scalars[index];

    /// <summary>Number of bases that are needed, and of scalars among them that are neither zero nor one.</summary>
    public (long Bases, long Full) Measure()
    {
        long bases = 0, full = 0;
        for (int i = 0; i < Count; i++)
        {
            if (HasBase(i))
            {
                bases++;
                full += _scalars[i].IsZero || _scalars[i] == Fr.One ? 0 : 1;
            }
        }

        return (bases, full);
    }
}
