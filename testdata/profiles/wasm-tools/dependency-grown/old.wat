(component
  (type $mill (component
    (export "orchard:press/mill@1.0.0" (component
      (import "soil:probe/reading@1.0.0" (instance
        (export "depth" (func))
      ))
    ))
  ))
  (export "mill" (type $mill))
)
