using System.Runtime.InteropServices;
using Federation.Proofs.Graph;

namespace Federation.Proofs.Labels;

/// <summary>A label that is prepared for hashing: 21 cache lines.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct LabelSlot
{
    /// <summary>Bytes of a slot.</summary>
    public const int Size = LabelBlocks.Size + 64;

    /// <summary>Header, parents and padding; the places of missing parents hold old labels.</summary>
    public fixed byte Blocks[LabelBlocks.Size];

    /// <summary>State after the blocks that were hashed ahead.</summary>
    public fixed uint State[8];

    /// <summary>Base parents of this node.</summary>
    public fixed uint BaseParents[SdrGraph.BaseDegree];

    /// <summary>Bit k is set when base parent k was not hashed yet when the slot was filled.</summary>
    public uint Missing;

    /// <summary>Blocks hashed ahead: the header, and full blocks of parents that were there.</summary>
    public int HashedAhead;
}
