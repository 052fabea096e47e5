namespace Federation.Integration.Tests.Support;

/// <summary>A test that needs etcd itself; skipped by name where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EtcdFactAttribute : FactAttribute
{
    public EtcdFactAttribute()
    {
        if (!EtcdServer.IsInstalled)
        {
            Skip = "etcd is not installed (Debian: etcd-server)";
        }
    }
}
