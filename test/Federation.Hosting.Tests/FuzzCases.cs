using System.Globalization;

namespace Federation.Hosting.Tests;

/// <summary>How many cases a fuzz test runs: 10^5, or what the environment asks for.</summary>
internal static class FuzzCases
{
    internal static int Count { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("FEDERATION_FUZZ_CASES"), CultureInfo.InvariantCulture, out var n)
            ? n : 100_000;

    /// <summary>
    /// A copy of one of the seeds with one to three edits: a bit, a fragment, a cut, or a piece of another.
    /// </summary>
    internal static byte[] Mutate(byte[][] seeds, byte[][] fragments, Random random)
    {
        var text = new List<byte>(seeds[random.Next(seeds.Length)]);
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(text.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < text.Count:
                    text[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    text.RemoveRange(at, Math.Min(random.Next(1, 6), text.Count - at));
                    break;
                case 2:
                    var donor = seeds[random.Next(seeds.Length)];
                    var from = random.Next(donor.Length + 1);
                    text.InsertRange(at, donor[from..Math.Min(donor.Length, from + random.Next(1, 20))]);
                    break;
                default:
                    text.InsertRange(at, fragments[random.Next(fragments.Length)]);
                    break;
            }
        }

        return [.. text];
    }
}
