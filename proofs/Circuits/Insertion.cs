using System.Diagnostics;
using Federation.Proofs.Constraints;

namespace Federation.Proofs.Circuits;

/// <summary>
/// Puts a node among its siblings at the place that index bits say, by choices between pairs. In each place all nodes
/// that can stand there are told apart by as few choices as serve; the order of choices is the reference's.
/// </summary>
internal static class Insertion
{
    /// <summary>Writes the arity's children in order.</summary>
    /// <param name="system">Circuit.</param>
    /// <param name="own">The node.</param>
    /// <param name="siblings">Its siblings in ascending place, own place skipped.</param>
    /// <param name="index">Its place, lowest bit first.</param>
    /// <param name="children">As many as siblings, and one more: 2, 4 or 8.</param>
    internal static void Place(
        ConstraintSystem system, in Num own, ReadOnlySpan<Num> siblings, ReadOnlySpan<Bit> index, Span<Num> children)
    {
        Debug.Assert(children.Length == siblings.Length + 1, "The node makes the siblings complete.");
        switch (children.Length)
        {
            case 2:
                children[0] = system.Pick(index[0], siblings[0], own);
                children[1] = system.Pick(index[0], own, siblings[0]);
                break;
            case 4:
                PlaceAmong4(system, own, siblings, index, children);
                break;
            case 8:
                PlaceAmong8(system, own, siblings, index, children);
                break;
            default:
                throw new ArgumentException($"No tree has an arity of {children.Length}.", nameof(children));
        }
    }

    private static void PlaceAmong4(
        ConstraintSystem system, in Num own, ReadOnlySpan<Num> siblings, ReadOnlySpan<Bit> index, Span<Num> children)
    {
        Num b = siblings[0], c = siblings[1], d = siblings[2];
        Bit bit0 = index[0], bit1 = index[1];
        children[0] = system.Pick(bit1, b, system.Pick(bit0, b, own));
        children[1] = system.Pick(bit1, c, system.Pick(bit0, own, b));
        children[2] = system.Pick(bit1, system.Pick(bit0, d, own), c);
        children[3] = system.Pick(bit1, system.Pick(bit0, own, d), d);
    }

    private static void PlaceAmong8(
        ConstraintSystem system, in Num own, ReadOnlySpan<Num> siblings, ReadOnlySpan<Bit> index, Span<Num> children)
    {
        Num b = siblings[0], c = siblings[1], d = siblings[2], e = siblings[3];
        Num f = siblings[4], g = siblings[5], h = siblings[6];
        Bit bit0 = index[0], bit1 = index[1], bit2 = index[2];
        var neither = system.And(bit0.Not(), bit1.Not());
        var both = system.And(bit0, bit1);

        children[0] = system.Pick(bit2, b, system.Pick(neither, own, b));
        children[1] = system.Pick(bit2, c, system.Pick(bit1, c, system.Pick(bit0, own, b)));
        children[2] = system.Pick(bit2, d, system.Pick(bit1, system.Pick(bit0, d, own), c));
        children[3] = system.Pick(bit2, e, system.Pick(both, own, d));
        children[4] = system.Pick(bit2, system.Pick(neither, own, f), e);
        children[5] = system.Pick(bit2, system.Pick(bit1, g, system.Pick(bit0, own, f)), f);
        children[6] = system.Pick(bit2, system.Pick(bit1, system.Pick(bit0, h, own), g), g);
        children[7] = system.Pick(bit2, system.Pick(both, own, h), h);
    }
}
