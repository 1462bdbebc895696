using System.Reflection;

namespace System
{
    public abstract class Type : MemberInfo
    {
        protected extern Type();

        public override extern Type DeclaringType { get; }
        public abstract Assembly Assembly { get; }
        public abstract string FullName { get; }
        public abstract string AssemblyQualifiedName { get; }
        public abstract Type BaseType { get; }
        public extern bool IsNotPublic { get; }
        public extern bool IsPublic { get; }
        public extern bool IsClass { get; }
        public extern bool IsInterface { get; }
        public extern bool IsValueType { get; }
        public extern bool IsAbstract { get; }
        public extern bool IsEnum { get; }
        public extern bool IsSerializable { get; }
        public extern bool IsArray { get; }

        public static extern Type GetType(string typeName);
        public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);
        public abstract Type[] GetInterfaces();
        public abstract Type GetElementType();
        public virtual extern bool IsSubclassOf(Type c);
        public virtual extern bool IsInstanceOfType(object o);
        public override extern string ToString();
    }
}

namespace System.Reflection
{
    public enum MemberTypes
    {
        Constructor = 1,
        Event = 2,
        Field = 4,
        Method = 8,
        Property = 16,
        TypeInfo = 32,
        Custom = 64,
        NestedType = 128,
        All = 191,
    }

    public abstract class MemberInfo
    {
        protected extern MemberInfo();

        public abstract MemberTypes MemberType { get; }
        public abstract string Name { get; }
        public abstract Type DeclaringType { get; }

        public abstract object[] GetCustomAttributes(bool inherit);
    }

    public class Assembly
    {
        public extern Assembly();

        public virtual extern string FullName { get; }

        public static extern Assembly GetExecutingAssembly();
        public extern AssemblyName GetName();
        public static extern Assembly GetAssembly(Type type);
        public virtual extern Type GetType(string name);
        public virtual extern Type GetType(string name, bool throwOnError);
        public virtual extern Type[] GetTypes();
        public static extern Assembly Load(string assemblyString);
        public static extern Assembly Load(byte[] rawAssembly);
    }

    public sealed class AssemblyName
    {
        internal extern AssemblyName();

        public extern string Name { get; }
        public extern string FullName { get; }
        public extern Version Version { get; }
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
    public sealed class DefaultMemberAttribute : Attribute
    {
        public extern DefaultMemberAttribute(string memberName);

        public extern string MemberName { get; }
    }
}
