using System.Runtime.InteropServices;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>
/// What a label is made of: 8 cache lines that go from the gathering processor to the hashing one. The label's 20
/// blocks, which hold each parent two or three times, are made where they are hashed.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct LabelSlot
{
    /// <summary>Bytes of a slot.</summary>
    public const int Size = StateBytes + (SdrGraph.Degree * SectorShape.NodeSize);

    private const int StateBytes = 64;

    /// <summary>State after the blocks that were hashed ahead.</summary>
    public fixed uint State[8];

    /// <summary>Base parents of this node.</summary>
    public fixed uint BaseParents[SdrGraph.BaseDegree];

    /// <summary>Bit k is set when base parent k was not hashed yet when the slot was filled.</summary>
    public uint Missing;

    /// <summary>Blocks hashed ahead: the header, and full blocks of parents that were there.</summary>
    public int HashedAhead;

    /// <summary>The distinct parents' labels; the places of missing ones hold old labels.</summary>
    public fixed byte Labels[SdrGraph.Degree * SectorShape.NodeSize];
}
