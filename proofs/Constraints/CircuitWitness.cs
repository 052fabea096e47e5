using Federation.Proofs.Fields;

namespace Federation.Proofs.Constraints;

/// <summary>
/// A circuit's assignment, what its rows evaluate to under it, and which variables its rows use: all that a prover
/// takes from a circuit. The auxiliary part is secret.
/// </summary>
public sealed class CircuitWitness
{
    private const int RowsPerPiece = 1 << 14;

    internal CircuitWitness(CircuitSize size)
    {
        Size = size;
        Inputs = new Fr[size.Inputs];
        Aux = new Fr[size.Aux];
        A = new Fr[size.DomainLength];
        B = new Fr[size.DomainLength];
        C = new Fr[size.DomainLength];
        AAux = new DensityMap(size.Aux);
        BInputs = new DensityMap(size.Inputs);
        BAux = new DensityMap(size.Aux);
    }

    /// <summary>Counts.</summary>
    public CircuitSize Size { get; }

    /// <summary>Values of the inputs, the constant one first.</summary>
    public Fr[] Inputs { get; }

    /// <summary>Values of the auxiliary variables.</summary>
    public Fr[] Aux { get; }

    /// <summary>
    /// Value of A in each row, then zeros up to the domain's length. The caller's own, like <see cref="B"/> and
    /// <see cref="C"/>: a prover transforms them in place.
    /// </summary>
    public Fr[] A { get; }

    /// <summary>Value of B in each row, then zeros.</summary>
    public Fr[] B { get; }

    /// <summary>Value of C in each row, then zeros.</summary>
    public Fr[] C { get; }

    /// <summary>Auxiliary variables that occur in A. Inputs all do, by their closing rows.</summary>
    public DensityMap AAux { get; }

    /// <summary>Inputs that occur in B.</summary>
    public DensityMap BInputs { get; }

    /// <summary>Auxiliary variables that occur in B.</summary>
    public DensityMap BAux { get; }

    /// <summary>
    /// The first row that does not hold, or -1 when all do. To be asked before A, B and C are transformed.
    /// </summary>
    /// <param name="threads">Most threads at once; -1 for as many as there are processors.</param>
    /// <param name="cancellationToken">Ends it within some milliseconds.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public int FirstUnsatisfiedRow(int threads = -1, CancellationToken cancellationToken = default)
    {
        var first = new int[(Size.Constraints + RowsPerPiece - 1) / RowsPerPiece];
        ParallelLoop.Run(
            first.Length, threads, piece => first[piece] = FirstUnsatisfiedRowOf(piece), cancellationToken);
        return first.FirstOrDefault(row => row >= 0, -1);
    }

    private int FirstUnsatisfiedRowOf(int piece)
    {
        var end = Math.Min(Size.Constraints, (piece + 1) * RowsPerPiece);
        for (var row = piece * RowsPerPiece; row < end; row++)
        {
            if (A[row] * B[row] != C[row])
            {
                return row;
            }
        }

        return -1;
    }
}
