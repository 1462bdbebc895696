namespace System
{
    public abstract class Delegate
    {
        protected extern Delegate();

        public extern object Target { get; }

        public override extern bool Equals(object obj);
        public static extern Delegate Combine(Delegate a, Delegate b);
        public virtual extern Delegate[] GetInvocationList();
        public static extern Delegate Remove(Delegate source, Delegate value);

        public static extern bool operator ==(Delegate d1, Delegate d2);
        public static extern bool operator !=(Delegate d1, Delegate d2);
    }

    public abstract class MulticastDelegate : Delegate
    {
        protected extern MulticastDelegate();

        public override extern bool Equals(object obj);

        public static extern bool operator ==(MulticastDelegate d1, MulticastDelegate d2);
        public static extern bool operator !=(MulticastDelegate d1, MulticastDelegate d2);
    }

    public delegate void Action();

    public delegate void Action<in T>(T obj);

    public delegate void Action<in T1, in T2>(T1 arg1, T2 arg2);

    public delegate TResult Func<out TResult>();

    public delegate TResult Func<in T, out TResult>(T arg);

    public delegate TResult Func<in T1, in T2, out TResult>(T1 arg1, T2 arg2);

    public delegate void AsyncCallback(IAsyncResult ar);

    public interface IAsyncResult
    {
    }

    public class EventArgs
    {
        public static readonly EventArgs Empty;

        public extern EventArgs();
    }

    public delegate void EventHandler(object sender, EventArgs e);

    public delegate void EventHandler<TEventArgs>(object sender, TEventArgs e);
}
