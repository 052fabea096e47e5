using System.Globalization;

namespace Federation.Bench.Figures;

/// <summary>Numbers of any size as a reader takes them in: three or four digits and a prefix.</summary>
internal static class Quantity
{
    private static readonly string[] Prefixes = ["", "k", "M", "G", "T"];

    /// <summary>Text with decimal prefixes; amounts of bytes in MiB; seconds as they are.</summary>
    public static string Text(double value, string unit = "")
    {
        if (unit == "B")
        {
            return string.Create(CultureInfo.InvariantCulture, $"{value / (1 << 20):0.0} MiB");
        }

        var prefix = 0;
        while (unit is not ("s" or "ns") && Math.Abs(value) >= 1000 && prefix < Prefixes.Length - 1)
        {
            value /= 1000;
            prefix++;
        }

        var digits = Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00#" };
        return $"{value.ToString(digits, CultureInfo.InvariantCulture)} {Prefixes[prefix]}{unit}".TrimEnd();
    }
}
