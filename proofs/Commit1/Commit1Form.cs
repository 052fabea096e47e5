namespace Federation.Proofs.Commit1;

/// <summary>Which of the two forms a Commit1 output has.</summary>
public enum Commit1Form
{
    /// <summary>As Lotus hands it to C2: with the registered proof's name and the size's wrapper.</summary>
    Api,

    /// <summary>Without those two: the form for shapes that have no registered number.</summary>
    Raw,
}
