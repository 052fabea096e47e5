namespace Federation.Proofs.Curve;

/// <summary>
/// The point that runs through a Miller loop, (X/Z, Y/Z) on the twist, and the lines it leaves: tangents and chords
/// (Costello, Lange, Naehrig: Faster pairing computations on curves with high-degree twists, 2010). Lines and
/// coordinates are worth the same times any element of a proper subfield, which the final exponentiation takes away.
/// </summary>
internal struct MillerPoint(in G2Affine start)
{
    private Fp2 _x = start.X;
    private Fp2 _y = start.Y;
    private Fp2 _z = Fp2.One;

    /// <summary>Doubles the point; the line is its tangent.</summary>
    public void Double(out MillerLine line)
    {
        Fp2 b = _y.Square();
        Fp2 c = _z.Square();

        // 3b' z² with b' = 4(1 + u).
        Fp2 e = (c.Twice() + c).MultiplyByNonResidue().Twice().Twice();
        Fp2 f = e.Twice() + e;
        Fp2 h = (_y + _z).Square() - b - c;
        Fp2 xx = _x.Square();
        Fp2 ee = e.Square();
        line = new MillerLine(e - b, xx.Twice() + xx, -h);

        // Four times the published coordinates, which spares the halves.
        _x = (_x * _y * (b - f)).Twice();
        Fp2 ee4 = ee.Twice().Twice();
        _y = (b + f).Square() - (ee4.Twice() + ee4);
        _z = (b * h).Twice().Twice();
    }

    /// <summary>Adds a point other than it and its opposite; the line goes through both.</summary>
    public void Add(in G2Affine point, out MillerLine line)
    {
        Fp2 theta = _y - (point.Y * _z);
        Fp2 lambda = _x - (point.X * _z);
        line = new MillerLine((theta * point.X) - (lambda * point.Y), -theta, lambda);

        Fp2 square = lambda.Square();
        Fp2 cube = lambda * square;
        Fp2 g = _x * square;
        Fp2 h = cube + (_z * theta.Square()) - g.Twice();
        _x = lambda * h;
        _y = (theta * (g - h)) - (cube * _y);
        _z *= cube;
    }
}
