namespace Federation.Proto.Tests.Support;

/// <summary>A test that needs Debian's etcd and etcdctl; where they are not installed it is skipped aloud.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EtcdFactAttribute : FactAttribute
{
    public EtcdFactAttribute()
    {
        if (!File.Exists(EtcdProcess.Program) || !File.Exists(Etcdctl.Program))
        {
            Skip = $"{EtcdProcess.Program} or {Etcdctl.Program} is not installed.";
        }
    }
}
