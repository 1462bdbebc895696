namespace System
{
    public static class Console
    {
        public static extern void Write(string value);
        public static extern void WriteLine();
        public static extern void WriteLine(string value);
    }

    public static class GC
    {
        public static extern void WaitForPendingFinalizers();
        public static extern void SuppressFinalize(object obj);
        public static extern void ReRegisterForFinalize(object obj);
    }

    public sealed class Version
    {
        public extern Version(int major, int minor, int build, int revision);
        public extern Version(int major, int minor);

        public extern int Major { get; }
        public extern int Minor { get; }
        public extern int Revision { get; }
        public extern int Build { get; }

        public override extern bool Equals(object obj);
        public override extern string ToString();
        public override extern int GetHashCode();
    }

    public class Random
    {
        public extern Random();
        public extern Random(int seed);

        public virtual extern int Next();
        public virtual extern int Next(int maxValue);
        public virtual extern double NextDouble();
        public virtual extern void NextBytes(byte[] buffer);
    }

    public class WeakReference
    {
        public extern WeakReference(object target);

        public virtual extern bool IsAlive { get; }
        public virtual extern object Target { get; set; }
    }

    public abstract class MarshalByRefObject
    {
        protected extern MarshalByRefObject();
    }

    public struct RuntimeTypeHandle
    {
        private readonly int _value;
    }

    public struct RuntimeFieldHandle
    {
        private readonly int _value;
    }

    public struct RuntimeMethodHandle
    {
        private readonly int _value;
    }

    public struct RuntimeArgumentHandle
    {
        private readonly int _value;
    }

    public struct TypedReference
    {
        private readonly int _value;
    }
}
