using Federation.Hosting.Net;

namespace Federation.Integration.Tests.Support;

/// <summary>
/// Free ports on loopback, each given once in this process. Others may take one between finding and use; a test that
/// loses it fails loudly.
/// </summary>
public static class Ports
{
    private static readonly Lock Gate = new();
    private static readonly FreePorts Free = new(Random.Shared);

    public static int One()
    {
        lock (Gate)
        {
            return Free.One();
        }
    }

    /// <summary>P with P+1 and P+100 free.</summary>
    public static int Serve()
    {
        lock (Gate)
        {
            return Free.Serve();
        }
    }
}
