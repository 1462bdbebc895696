namespace System
{
    public class Object
    {
        public extern Object();

        public virtual extern string ToString();
        public virtual extern bool Equals(object obj);
        public static extern bool Equals(object objA, object objB);
        public static extern bool ReferenceEquals(object objA, object objB);
        public virtual extern int GetHashCode();
        public extern Type GetType();
        protected extern object MemberwiseClone();
    }

    public abstract class ValueType
    {
        protected extern ValueType();

        public override extern bool Equals(object obj);
    }

    public abstract class Enum : ValueType
    {
        protected extern Enum();

        public extern bool HasFlag(Enum flag);
        public override extern string ToString();
    }

    public struct Void
    {
    }
}
